"""A model's sentence that leaves out what its row depends on is dropped; one that says the same in other words stays.

Every row is made up, and every sentence beside it is one that a careless, or a careful, writer would make of it.
"""

from __future__ import annotations

import pytest

from assistant.guard import Evidence, guard
from assistant.guard_clauses import told_in
from assistant.language.frames import frames_of_sentences
from assistant.language.reader import LanguageReader
from assistant.types import Citation
from assistant.verifier import load_verifier
from index import SectionKind, Sentence, Span

READER = LanguageReader(None)
VERIFIER = load_verifier("lexical")  # it knows words alone, so that what is dropped is dropped by the rules
NAMES = {"a" * 16: "Article 1"}

DISTORTED = [
    ("The brigade says it seized 30 rifles and lost two trucks.", "The brigade seized 30 rifles and lost two trucks."),
    ("Police said that the driver had fled the scene.", "The driver had fled the scene."),
    ("The dam was inspected in March, the water board said.", "The dam was inspected in March."),
    ("According to the harbour master, the tug sank within minutes.", "The tug sank within minutes."),
    ("Mayor Ines Calder said the tunnel leaked for weeks.", "She said the tunnel leaked for weeks."),
    ("Prosecutors accuse the treasurer of burning the ledgers.", "The treasurer burned the ledgers."),
    ("The baker denied that flour had been stolen from the mill.", "Flour had been stolen from the mill."),
    ("The alleged arsonist was held overnight in Marl.", "The arsonist was held overnight in Marl."),
    ("The curator allegedly sold four paintings to a dealer.", "The curator sold four paintings to a dealer."),
    ("The airline has reportedly ordered nine jets.", "The airline has ordered nine jets."),
    ("A suspected poacher was shot near the lake on Friday.", "A poacher was shot near the lake on Friday."),
    ("The former governor opened the exhibition in Lund.", "The governor opened the exhibition in Lund."),
    ("The drug may cause dizziness in older patients.", "The drug causes dizziness in older patients."),
    ("The strike could delay up to 40 trains.", "The strike will delay up to 40 trains."),
    ("The council is expected to approve the stadium in June.", "The council will approve the stadium in June."),
    ("The retailer plans to close 12 shops.", "The retailer closes 12 shops."),
    ("The climbers tried to reach the summit on Sunday.", "The climbers reached the summit on Sunday."),
    ("The plant will reopen on Monday if the inspectors agree.", "The plant will reopen on Monday."),
    ("Teachers will walk out unless the ministry raises pay.", "Teachers will walk out."),
    ("Some of the villagers have left the valley.", "The villagers have left the valley."),
    ("Most schools in the district stayed closed.", "Schools in the district stayed closed."),
    ("The rescuers nearly lost the boy in the current.", "The rescuers lost the boy in the current."),
    ("The ferry stays in port until Thursday.", "The ferry stays in port."),
    ("The east door may be used from Friday.", "The east door may be used."),
    ("In the second year the pill prevented three cases in ten.", "The pill prevented three cases in ten."),
    ("The guard was not armed, and the alarm did not ring.", "The guard was not armed, and the alarm did ring."),
    (
        "The minister did not resign, and nobody asked him to leave the party.",
        "The minister did not resign, and somebody asked him to leave the party.",
    ),
    (
        "The cyclist was not drunk, her lawyer told reporters, because the test was taken too late.",
        "The lawyer told reporters, because the test was taken too late.",
    ),
    ("The tower, 90 metres tall, was built of oak.", "The tower, 90 metres tall, of oak."),
    ("Because the pumps failed, the cellar flooded within an hour.", "Because the pumps failed."),
    ("The crew repaired the mast and sailed on to Vigo.", "Repaired the mast and sailed on to Vigo."),
    ("The union wants the depot to reopen.", "The depot reopens."),
    ("Farmers demanded that the tax be scrapped.", "The tax was scrapped."),
    ("The fire was caused by a faulty heater or a cigarette.", "The fire was caused by a faulty heater."),
    ("Passengers with a valid visa may board the ship.", "Passengers may board the ship."),
    ("All the witnesses except the cook were heard.", "All the witnesses were heard."),
    ("The boy crossed the river without a life jacket.", "The boy crossed the river with a life jacket."),
    ("At least 14 houses were destroyed.", "14 houses were destroyed."),
    ("Did the director know of the leak?", "The director knew of the leak."),
    ("Investigators believe the pilot fell asleep.", "The pilot fell asleep."),
    ("The owner is said to have fled to Malta.", "The owner fled to Malta."),
    ("Rescuers fear that nine people are trapped.", "Nine people are trapped."),
    ("Rumours that the bank is insolvent spread on Tuesday.", "The bank is insolvent."),
    ("A plan to flood the quarry was rejected by residents.", "The quarry was flooded by residents."),
    ("It is unlikely that the ship will be raised.", "The ship will be raised."),
    ("The town hardly noticed the change of mayor.", "The town noticed the change of mayor."),
    ("The skipper refused to leave the wreck.", "The skipper left the wreck."),
    ("The archive was partly destroyed by water.", "The archive was destroyed by water."),
    ("If the lock fails, the town will be flooded.", "The lock fails."),
    ("“The reactor is safe,” the operator's spokesman said on Tuesday.", "“The reactor is safe” on Tuesday."),
    (
        "In the first week the ward admitted four in ten patients, and what followed is unknown.",
        "The ward admitted four in ten patients, and what followed is unknown.",
    ),
    (
        "Finance minister Petra Holm told parliament that the railway fund had lost 40 million crowns.",
        "The railway fund had lost 40 million crowns.",
    ),
    (
        "The landslide, according to geologists at the university, was set off by blasting in the quarry.",
        "The landslide was set off by blasting in the quarry.",
    ),
    ("A study of 900 farms suggests that the fungus spreads through seed.", "The fungus spreads through seed."),
    ("It is thought that the thieves entered through the roof.", "The thieves entered through the roof."),
    ("The captain appears to have ignored the storm warning.", "The captain ignored the storm warning."),
    ("The gallery is considering selling two of its Monets.", "The gallery is selling two of its Monets."),
    ("The court ordered the brewery to pay 2 million euros.", "The brewery paid 2 million euros."),
    ("The loan will be paid out provided that the city sells its shares.", "The loan will be paid out."),
    ("The merger goes ahead subject to approval by the regulator.", "The merger goes ahead."),
    ("The chief is suspended pending an inquiry.", "The chief is dismissed."),
    ("Few of the residents support the dam.", "The residents support the dam."),
    ("Half of the pupils failed the test.", "The pupils failed the test."),
    ("Not all of the buses have brakes that work.", "The buses have brakes that work."),
    ("The museum cannot return the bronzes before 2030.", "The museum can return the bronzes before 2030."),
    ("Neither the pilot nor the tower noticed the drone.", "The tower noticed the drone."),
    ("The firm hired temps instead of training its staff.", "The firm trained its staff."),
    ("The suspect was caught before he boarded the plane to Oslo.", "The suspect boarded the plane to Oslo."),
    ("The two sides agreed to exchange prisoners.", "The two sides exchanged prisoners."),
    ("The roof of the stadium collapsed on Sunday night.", "The stadium collapsed on Sunday night."),
    ("The son of the president was arrested in Geneva.", "The president was arrested in Geneva."),
    ("The price of bread rose by 4 euros.", "The price of bread rose to 4 euros."),
    ("Sales fell by 12 percent in the first quarter.", "Sales fell by 12 percent."),
    ("Drivers who have paid the fee may use the bridge.", "Drivers may use the bridge."),
    ("A mock trial of the king was held in the square.", "A trial of the king was held in the square."),
    ("The proposed pipeline crosses four nature parks.", "The pipeline crosses four nature parks."),
    ("Either the pump or the valve was broken.", "The valve was broken."),
    ("One in five nurses has been attacked.", "Five nurses have been attacked."),
    ("Almost all of the reefs are dead.", "All of the reefs are dead."),
    ("The dog that the man had bought bit the postman.", "The postman bit the dog."),
    ("“We were never paid,” said Jo Arens, a carpenter.", "The carpenters were never paid."),
    ("Asked whether the dam would hold, the engineer shrugged.", "The dam would hold."),
    ("The mayor spoke as if the strike was over.", "The strike was over."),
    ("Protesters blocked the road in an attempt to stop the convoy.", "Protesters stopped the convoy."),
    ("The conviction of the broker was overturned on appeal.", "The broker was convicted."),
    ("The tanker was hit twice, the Nordic Telegraph reports.", "The tanker was hit twice."),
    ("The union blames the crash on a lack of staff.", "The crash was caused by a lack of staff."),
    ("The law, which has not come into force, bans fireworks.", "The law has come into force."),
    (
        "The pilot, who had flown for 30 years, was praised by passengers.",
        "Who had flown for 30 years, was praised by passengers.",
    ),
    ("The mayor opened the market hall on Saturday.", "The mayor opened the market hall on."),
]
FAITHFUL = [
    ("The council closed the pier on Monday.", "The council closed the pier on Monday."),
    ("Police said that the driver had fled the scene.", "Police said the driver had fled the scene."),
    ("Police said that the driver had fled the scene.", "According to police, the driver had fled the scene."),
    ("Police said that the driver had fled the scene.", "The driver had fled the scene, police said."),
    (
        "Mayor Ines Calder said the tunnel leaked for weeks.",
        "Mayor Ines Calder stated that the tunnel leaked for weeks.",
    ),
    ("Mayor Ines Calder said the tunnel leaked for weeks.", "Calder said the tunnel leaked for weeks."),
    (
        "Police said that the driver had fled the scene.",
        "Article 1 says that police said the driver had fled the scene.",
    ),
    (
        "Nurse Oda Lien told the inquiry that the alarm was switched off.",
        "Oda Lien said that the alarm was switched off.",
    ),
    ("The council closed the pier on Monday.", "The pier was closed by the council on Monday."),
    ("The mill was bought by a Danish brewer.", "A Danish brewer bought the mill."),
    ("The council closed the pier on Monday.", "The council closed the pier."),
    ("The choir, founded in 1911, sang in the ruined abbey.", "The choir sang in the ruined abbey."),
    ("The driver, who was 61, was freed after two hours.", "The driver was freed after two hours."),
    ("The crew repaired the mast and sailed on to Vigo.", "The crew repaired the mast."),
    ("The crew repaired the mast and sailed on to Vigo.", "The crew sailed on to Vigo."),
    ("Voters rejected the airport, and the mayor resigned.", "The mayor resigned."),
    ("While the band played, the marchers crossed the bridge.", "The marchers crossed the bridge."),
    ("The match was called off because the pitch was frozen.", "The match was called off."),
    ("The drug may cause dizziness in older patients.", "In older patients the drug may cause dizziness."),
    ("The strike may delay the trains.", "The strike could delay the trains."),
    (
        "The council is expected to approve the stadium in June.",
        "The council is expected to approve the stadium in June.",
    ),
    (
        "The plant will reopen on Monday if the inspectors agree.",
        "If the inspectors agree, the plant will reopen on Monday.",
    ),
    ("Some of the villagers have left the valley.", "Some villagers have left the valley."),
    ("The guard was not armed, and the alarm did not ring.", "The alarm did not ring, and the guard was not armed."),
    ("A German brewer bought the old mill.", "A brewer bought the mill."),
    (
        "Prosecutors accuse the treasurer of burning the ledgers.",
        "The treasurer is accused of burning the ledgers by prosecutors.",
    ),
    ("The storm destroyed 12 houses.", "The storm destroyed twelve houses."),
    ("The ferry stays in port until Thursday.", "Until Thursday the ferry stays in port."),
    (
        "The largest crater, 90 metres wide, lies in a forest near Olden.",
        "The largest crater is in a forest near Olden.",
    ),
    ("The film, watched by 12,000 people on 3 May, has been withdrawn.", "12,000 people watched the film."),
    ("Farmers demanded that the tax be scrapped.", "Farmers demanded the scrapping of the tax."),
    (
        "“The reactor is safe,” the operator's spokesman said on Tuesday.",
        "“The reactor is safe,” the operator's spokesman said on Tuesday.",
    ),
    ("The council closed the pier on Monday.", "Article 1 says that the council closed the pier on Monday."),
    (
        "Police said that the driver had fled the scene. The driver had fled the scene in a van.",
        "The driver had fled the scene.",
    ),
    ("The boy crossed the river without a life jacket.", "The boy crossed the river without a life jacket."),
    (
        "Finance minister Petra Holm told parliament that the railway fund had lost 40 million crowns.",
        "Petra Holm told parliament that the railway fund had lost 40 million crowns.",
    ),
    (
        "Critics of the scheme argue that the new toll punishes commuters from the islands.",
        "Critics say the new toll punishes commuters from the islands.",
    ),
    (
        "The landslide, according to geologists at the university, was set off by blasting in the quarry.",
        "According to geologists, the landslide was set off by blasting in the quarry.",
    ),
    (
        "A study of 900 farms suggests that the fungus spreads through seed.",
        "A study suggests that the fungus spreads through seed.",
    ),
    ("The court ordered the brewery to pay 2 million euros.", "The brewery was ordered to pay 2 million euros."),
    (
        "Officials in Brask have closed three beaches after sewage leaked into the bay.",
        "Three beaches in Brask have been closed.",
    ),
    ("Officials in Brask have closed three beaches after sewage leaked into the bay.", "Sewage leaked into the bay."),
    (
        "The trust, which runs nine hospitals, lost 14 million pounds last year.",
        "The trust lost 14 million pounds last year.",
    ),
    ("The trust, which runs nine hospitals, lost 14 million pounds last year.", "The trust runs nine hospitals."),
    (
        "Archaeologists from Ghent have found a Roman well beneath the car park of a supermarket.",
        "A Roman well has been found beneath a car park.",
    ),
    (
        "The 43-year-old teacher was sentenced to two years in prison on Friday.",
        "The teacher was sentenced to two years in prison.",
    ),
    (
        "Prime minister Ana Duarte said her government would not raise the pension age.",
        "Ana Duarte said that her government would not raise the pension age.",
    ),
    (
        "The company will cut 300 jobs in Trieste by the end of May.",
        "By the end of May the company will cut 300 jobs in Trieste.",
    ),
    ("The roof of the stadium collapsed on Sunday night.", "The stadium's roof collapsed on Sunday night."),
    ("The nurse is accused of poisoning three patients.", "The nurse is accused of poisoning three patients."),
    (
        "The tanker was hit twice, the Nordic Telegraph reports.",
        "The Nordic Telegraph reports that the tanker was hit twice.",
    ),
    ("The price of bread rose by 4 euros to 9 euros.", "The price of bread rose by 4 euros."),
    (
        "The choir's director, Lena Vos, resigned after the tour was cancelled.",
        "Lena Vos resigned after the tour was cancelled.",
    ),
    ("The choir's director, Lena Vos, resigned after the tour was cancelled.", "The tour was cancelled."),
    ("About 600 people marched through the old town in the rain.", "About 600 people marched through the old town."),
    ("Divers have recovered the bell of the steamer Aurelia, which sank in 1912.", "The steamer Aurelia sank in 1912."),
    ("Residents were told to boil their water until Friday.", "Residents were told to boil their water until Friday."),
    (
        "Police arrested two men in a flat above the bakery and seized a pistol.",
        "Two men were arrested by police in a flat above the bakery.",
    ),
    ("Police arrested two men in a flat above the bakery and seized a pistol.", "Police seized a pistol."),
    (
        "The vote was postponed because too few members were present.",
        "The vote was postponed because too few members were present.",
    ),
    ("The vote was postponed because too few members were present.", "The vote was postponed."),
    ("The island has 2,300 inhabitants and one doctor.", "The island has one doctor."),
    ("The mayor, a former boxer, has promised to rebuild the pool.", "The mayor has promised to rebuild the pool."),
]


def checked(row: str, sentence: str):  # type: ignore[no-untyped-def]
    rows = (Citation(1, Span("a" * 16, 0, len(row), row), SectionKind.BODY),)
    return guard(f"{sentence.rstrip('.')} [1].", Evidence(rows, NAMES, VERIFIER, READER))


@pytest.mark.parametrize(("row", "sentence"), DISTORTED, ids=lambda text: text[:50])
def test_a_sentence_that_leaves_out_what_its_row_depends_on_is_dropped(row, sentence):  # type: ignore[no-untyped-def]
    result = checked(row, sentence)
    assert result.statements == ()
    assert "dropped: " in result.dropped[0]


@pytest.mark.parametrize(("row", "sentence"), FAITHFUL, ids=lambda text: text[:50])
def test_a_sentence_that_says_what_its_row_says_stays(row, sentence):  # type: ignore[no-untyped-def]
    assert checked(row, sentence).dropped == ()


def test_the_whole_sentence_of_a_row_stays_however_it_is_put():  # type: ignore[no-untyped-def]
    row = "Gone, all of it, if you ask her."
    assert [part.text for part in checked(row, row).statements] == [
        "Article 1 says: “Gone, all of it, if you ask her”."
    ]


def test_a_row_is_read_in_its_article_where_its_speaker_may_stand_before_it():  # type: ignore[no-untyped-def]
    texts = ("The tenants' demands, chairwoman Ida Krol said:", "The boilers are broken in every house.")
    starts = (0, len(texts[0]) + 1)
    sentences = [
        Sentence("a" * 16, start, start + len(text), text, SectionKind.BODY, 0, bullet)
        for start, text, bullet in zip(starts, texts, (False, True), strict=True)
    ]
    parsed = READER.parse(sentences)
    frames = [frame for frame in frames_of_sentences(parsed) if frame.sentence_start == starts[1]]
    rows = (Citation(1, Span("a" * 16, starts[1], starts[1] + len(texts[1]), texts[1]), SectionKind.BODY),)
    evidence = Evidence(rows, NAMES, VERIFIER, READER, lambda _: told_in(parsed[1:], frames))
    assert guard("In every house the boilers are broken [1].", evidence).statements == ()
