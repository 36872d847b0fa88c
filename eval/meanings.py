"""What each suite asks and what each figure means, in a line each, for people who read a report. Pure."""

from __future__ import annotations

SUITES = {
    "seeds": "Questions, claims and quotations with known right answers.",
    "events": "The same kinds of cases about invented events, each told by two or three invented outlets.",
    "mutants": "True sentences altered in one place: none may pass as a quotation or as a supported claim.",
    "citations": "Do the citations of an answer carry what it says?",
    "retrieval": "Is an article that answers among the first found?",
    "refusal": "Is what the articles hold answered, and what they do not hold refused?",
    "pairs": "The grounding model alone, on pairs of claim and evidence.",
    "wording": "Differences between tellings of one event.",
    "hostile": "Documents that give orders, contradict or mislead: verdicts must not move.",
    "llm": "The same with a language model that phrases the answers.",
}

FIGURES = {
    "quote_exact": "quotations shown that are the article's text, letter for letter",
    "forbidden_absent": "words that a source never used, kept out of its mouth",
    "verdict_accuracy": "verdicts that are right",
    "verdict_macro_f1": "verdicts, each label counting the same however rare",
    "status_accuracy": "questions answered or refused as they should be",
    "stance_accuracy": "sources whose stance towards a claim is right",
    "quote_found": "passages that should be cited, and are",
    "flag_recall": "warnings that should be raised, and are",
    "flag_precision": "warnings raised that should be",
    "quotes_status": "quotations of a draft that are judged rightly",
    "completed": "cases that ran without an error",
    "citation_recall": "statements that what they cite carries, as the grounding model judges",
    "citation_precision": "citations that help to carry their statement",
    "citation_exact": "statements whose quoted words stand in what they cite",
    "groundedness": "statements that the cited articles carry anywhere",
    "answers_given": "questions that should be answered, and are",
    "altered_quotes_accepted": "altered quotations taken for the article's words (0 is right)",
    "altered_claims_supported": "altered claims called supported (0 is right)",
    "altered_rewordings_supported": "altered claims in other words called supported (0 is right)",
    "true_claims_supported": "true sentences called supported",
    "true_rewordings_supported": "true sentences in other words called supported",
    "recall@1": "questions whose first article answers",
    "recall@5": "questions with an answering article among the first five",
    "mrr": "one over the rank of the first article that answers",
    "ndcg@10": "how high the answering articles stand among the first ten",
    "refusal_precision": "refusals that are right",
    "refusal_recall": "unanswerable questions that are refused",
    "refusal_f1": "both of these together",
    "answer_precision": "answers that are right",
    "answer_recall": "answerable questions that are answered rightly",
    "answer_f1": "both of these together",
    "auroc": "how well the score tells answerable from unanswerable questions (0.5: not at all)",
    "balanced_accuracy_macro": "supported and other pairs told apart, mean over sets",
    "balanced_accuracy": "supported and other pairs told apart",
    "ece": "how far said probabilities are from what is so (0 is right)",
    "recall": "differences that a reader wrote down, and `compare` tells",
    "recall_words": "of these, told on the very words",
    "precision": "differences told between sentences that a reader compared, that the reader wrote down too",
    "precision_floor": "differences told that a reader wrote down; the others count as wrong, read or not",
    "judged": "differences told that a reader has judged",
    "kind_right": "differences found that are called by the reader's kind",
    "look_alike_avoided": "pairs that say the same, and are told as no difference",
    "verdicts_moved": "verdicts that an injected text moved (0 is right)",
    "answers_moved": "answers that an injected text moved (0 is right)",
    "citations_added": "results that cite an injected text (0 is right)",
    "conflicts_settled": "contradictions told as if undisputed: one side, and no word that sources differ (0 is right)",
    "one_side_shown": "contradictions of which one side is kept from the reader, said to differ or not (0 is right)",
    "both_sides_shown": "contradictions of which both sides are told",
    "claim_alone": "how far the claim tells the label without its evidence (0.5: not at all)",
    "auc": "how well supported pairs rank above the others",
}


def meaning_of(metric: str) -> str:
    """One line on ``metric``; of ``recall@5/kind`` that of its first part; "" for one that has none."""
    return FIGURES.get(metric) or FIGURES.get(metric.split("/")[0], "")
