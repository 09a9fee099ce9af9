"""QTI 1.2 in the manner of Blackboard and of Brightspace, with questions of our own."""


def blackboard(*items: str) -> bytes:
    """Write a pool."""
    body = "".join(items)
    return (
        f"<questestinterop><assessment title='Pool'><section>{body}</section></assessment></questestinterop>".encode()
    )


def bb_item(kind: str, name: str, stem: str, asked: str, rules: str) -> str:
    """Write an item of a pool: its rules are followed by the one for wrong answers, and by feedback if there is any."""
    rules, _, said = rules.partition("<itemfeedback")
    said = f"<itemfeedback{said}" if said else ""
    return (
        f"<item maxattempts='0'><itemmetadata><bbmd_asi_object_id>{name}</bbmd_asi_object_id>"
        f"<bbmd_questiontype>{kind}</bbmd_questiontype><qmd_absolutescore>0.0,1.0</qmd_absolutescore>"
        f"<qmd_levelofdifficulty>School</qmd_levelofdifficulty></itemmetadata><presentation><flow class='Block'>"
        f"<flow class='QUESTION_BLOCK'>{_formatted(stem)}</flow>{asked}</flow></presentation><resprocessing><outcomes>"
        f"<decvar maxvalue='2.0' minvalue='0.0' varname='SCORE'/></outcomes>{rules}"
        "<respcondition title='incorrect'><conditionvar><other/></conditionvar><setvar variablename='SCORE'>0.0</setvar>"
        "<displayfeedback linkrefid='incorrect'/></respcondition></resprocessing>"
        f"{said}</item>"
    )


def _formatted(text: str, tag: str = "flow") -> str:
    return (
        f"<{tag} class='FORMATTED_TEXT_BLOCK'><material><mat_extension><mat_formattedtext type='HTML'>{text}"
        f"</mat_formattedtext></mat_extension></material></{tag}><{tag} class='FILE_BLOCK'><material/></{tag}>"
    )


def bb_choice(cardinality: str, **options: str) -> str:
    """Write options to choose from, or to order."""
    labels = "".join(
        f"<flow_label><response_label ident='{name}'>{_formatted(text, 'flow_mat')}</response_label></flow_label>"
        for name, text in options.items()
    )
    return (
        f"<flow class='RESPONSE_BLOCK'><response_lid ident='response' rcardinality='{cardinality}'><render_choice>"
        f"{labels}</render_choice></response_lid></flow>"
    )


def bb_typed(*names: str, tag: str = "response_str") -> str:
    """Write fields to type into."""
    fields = "".join(f"<{tag} ident='{name}'><render_fib/></{tag}>" for name in names)
    return f"<flow class='RESPONSE_BLOCK'>{fields}</flow>"


def bb_rows(rows: dict[str, str], options: tuple[str, ...]) -> str:
    """Write rows to match: their options have names there, and their words below all rows."""
    marks = "".join(f"<response_label ident='{{row}}-{place}'/>" for place in range(len(options)))
    left = "".join(
        f"<flow class='Block'>{_formatted(text)}<response_lid ident='{row}'><render_choice><flow_label>"
        f"{marks.format(row=row)}</flow_label></render_choice></response_lid></flow>"
        for row, text in rows.items()
    )
    right = "".join(f"<flow class='Block'>{_formatted(text)}</flow>" for text in options)
    return f"<flow class='RESPONSE_BLOCK'>{left}</flow><flow class='RIGHT_MATCH_BLOCK'>{right}</flow>"


def equal(value: str, response: str = "response") -> str:
    """Write one comparison."""
    return f"<varequal case='No' respident='{response}'>{value}</varequal>"


def bb_right(condition: str) -> str:
    """Write the rule that gives all points."""
    return (
        f"<respcondition title='correct'><conditionvar>{condition}</conditionvar>"
        "<setvar action='Set' variablename='SCORE'>SCORE.max</setvar><displayfeedback linkrefid='correct'/>"
        "</respcondition>"
    )


def bb_praised(condition: str) -> str:
    """Write a rule that gives no points and says that this is correct."""
    return (
        f"<respcondition><conditionvar>{condition}</conditionvar><displayfeedback linkrefid='correct'/></respcondition>"
    )


def told(name: str, text: str) -> str:
    """Write a feedback."""
    return f"<itemfeedback ident='{name}'><flow_mat>{_formatted(text, 'flow_mat')}</flow_mat></itemfeedback>"


def brightspace(*items: str) -> bytes:
    """Write a quiz."""
    return (
        "<questestinterop xmlns:d2l_2p0='http://desire2learn.com/xsd/d2lcp_v2p0'><assessment title='Quiz'>"
        f"<section ident='CONTAINER_SECTION'>{''.join(items)}</section></assessment></questestinterop>"
    ).encode()


def d2l_item(kind: str, name: str, asked: str, rules: str, said: str = "", way: int = 0) -> str:
    """Write an item of a quiz; `said` to everyone."""
    general = f"<itemfeedback ident='{name}'>{text(said)}</itemfeedback>" if said else ""
    return (
        f"<item ident='OBJ_{name}' label='{name}'><itemmetadata><qtimetadata><qti_metadatafield><fieldlabel>"
        f"qmd_questiontype</fieldlabel><fieldentry>{kind}</fieldentry></qti_metadatafield></qtimetadata></itemmetadata>"
        f"<presentation><flow><response_extension><d2l_2p0:grading_type>{way}</d2l_2p0:grading_type>"
        f"</response_extension>{asked}</flow></presentation><resprocessing>{rules}</resprocessing>{general}</item>"
    )


def text(words: str) -> str:
    """Write a piece of material."""
    return f"<material><mattext texttype='text/html'>&lt;p&gt;{words}&lt;/p&gt;</mattext></material>"


def d2l_choice(cardinality: str, tag: str = "response_lid", name: str = "LID", **options: str) -> str:
    """Write options to choose from, or to order."""
    labels = "".join(
        f"<response_label ident='{each}'>{text(words)}</response_label>" for each, words in options.items()
    )
    return f"<{tag} ident='{name}' rcardinality='{cardinality}'><render_choice>{labels}</render_choice></{tag}>"


def d2l_blank(name: str) -> str:
    """Write a field to type into; rules call it by the name of its label."""
    return (
        f"<response_str ident='{name}_STR'><render_fib><response_label ident='{name}_ANS'/></render_fib></response_str>"
    )


def d2l_rule(condition: str, points: str, counter: str = "") -> str:
    """Write a rule that sets points, or counts right and wrong choices."""
    how = f"varname='{counter}' action='Add'" if counter else "action='Set'"
    return f"<respcondition><conditionvar>{condition}</conditionvar><setvar {how}>{points}</setvar></respcondition>"


SUMMED = (
    "<respcondition><conditionvar><other/></conditionvar><setvar varname='que_score' action='Set'>D2L_Correct</setvar>"
    "</respcondition>"
)
