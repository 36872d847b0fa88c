"""Units and currencies as written in news → one normal name each (ISO 4217 codes and SI names, lower case)."""

from __future__ import annotations

SIGNS = {
    "$": "usd", "us$": "usd", "u.s.$": "usd", "a$": "aud", "au$": "aud", "c$": "cad", "ca$": "cad", "nz$": "nzd",
    "hk$": "hkd", "s$": "sgd", "£": "gbp", "€": "eur", "¥": "jpy", "₹": "inr", "₽": "rub", "₩": "krw",
}  # fmt: skip
CODES = ("USD", "EUR", "GBP", "JPY", "CHF", "CAD", "AUD", "CNY", "INR", "BRL", "MXN", "SEK", "NOK", "DKK", "ZAR")
SIGNS.update({code.lower(): code.lower() for code in CODES})
CURRENCY_WORDS = {
    "dollars": "usd", "dollar": "usd", "us dollars": "usd", "euros": "eur", "euro": "eur", "pounds sterling": "gbp",
    "yen": "jpy", "rupees": "inr", "rubles": "rub", "roubles": "rub", "yuan": "cny", "swiss francs": "chf",
    "cents": "cent", "pence": "pence", "pesos": "peso", "francs": "franc", "kronor": "krona", "kroner": "krone",
    "crowns": "crown", "crown": "crown", "zlotys": "pln", "zloty": "pln", "forints": "huf", "forint": "huf",
    "lira": "lira", "liras": "lira", "shekels": "ils", "dinars": "dinar", "dirhams": "dirham", "riyals": "riyal",
    "rials": "rial", "reais": "brl", "ringgit": "myr", "baht": "thb", "rupiah": "idr", "naira": "ngn",
    "shillings": "shilling",
    "hryvnias": "uah", "hryvnia": "uah", "taka": "bdt",
}  # fmt: skip
FAMILIES = {
    "percent": "percent|per cent|%|pct",
    "percentage point": "percentage points|percentage point|points|point|basis points",
    "times": "times|-fold|fold",
    "second": "seconds|second",
    "minute": "minutes|minute|mins|min",
    "hour": "hours|hour|hrs",
    "day": "days|day",
    "week": "weeks|week",
    "month": "months|month",
    "year": "years|year|yrs",
    "decade": "decades|decade",
    "kilometre": "kilometres|kilometre|kilometers|kilometer|km",
    "metre": "metres|metre|meters|meter",
    "centimetre": "centimetres|centimeters|cm",
    "mile": "miles|mile",
    "foot": "feet|foot|ft",
    "inch": "inches|inch",
    "mile per hour": "mph|miles per hour|miles an hour",
    "kilometre per hour": "km/h|kph|kilometres per hour|kilometers per hour",
    "kilogram": "kilograms|kilogram|kg|kilos",
    "gram": "grams|gram",
    "tonne": "tonnes|tonne|metric tons|tons|ton",
    "pound": "pounds|pound|lbs",
    "litre": "litres|liters|litre|liter",
    "gallon": "gallons|gallon",
    "barrel": "barrels|barrel",
    "acre": "acres|acre",
    "hectare": "hectares|hectare",
    "square kilometre": "square kilometres|square kilometers|sq km",
    "square mile": "square miles|square mile",
    "cubic foot": "cubic feet|cubic foot",
    "cubic metre": "cubic metres|cubic meters|cubic metre|cubic meter",
    "square metre": "square metres|square meters|square metre|square meter",
    "square foot": "square feet|square foot|sq ft",
    "degree": "degrees|degree|°c|°f|°",
    "megawatt": "megawatts|megawatt|mw",
    "gigawatt": "gigawatts|gigawatt|gw",
}
UNIT_WORDS = {word: unit for unit, words in FAMILIES.items() for word in words.split("|")}
# Units of one dimension, each in the smallest that is common: months and years of mean length.
SIZES = {
    "second": ("second", 1.0), "minute": ("second", 60.0), "hour": ("second", 3600.0), "day": ("second", 86_400.0),
    "week": ("second", 604_800.0), "month": ("second", 2_629_800.0), "year": ("second", 31_557_600.0),
    "decade": ("second", 315_576_000.0),
    "centimetre": ("metre", 0.01), "inch": ("metre", 0.0254), "foot": ("metre", 0.3048), "metre": ("metre", 1.0),
    "kilometre": ("metre", 1000.0), "mile": ("metre", 1609.34),
    "gram": ("kilogram", 0.001), "pound": ("kilogram", 0.4536), "kilogram": ("kilogram", 1.0),
    "tonne": ("kilogram", 1000.0),
    "megawatt": ("megawatt", 1.0), "gigawatt": ("megawatt", 1000.0),
}  # fmt: skip
