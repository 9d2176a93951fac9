"""What is told of a network file has its words here, in the language of whoever reads them."""

import pytest

from ipuwhatif.figures.phrases import told
from ipuwhatif.files import resource
from ipuwhatif.importers.networks.reasons import (
    BodyCountedOnce,
    ConfigurationNote,
    Counted,
    DimensionNote,
    Inputs,
    KeysNotUnderstood,
    OfDimension,
    OpNotUnderstood,
    Part,
    Sequence,
    Share,
    TablesOfConstants,
    Tied,
    VectorsUsedAgain,
)
from ipuwhatif.texts import CHINESE, set_language


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (Sequence(1024), "a sequence of 1,024 tokens"),
        (Inputs(("a 1 × 2", "b 3")), "a 1 × 2, b 3"),
        (
            Counted(ConfigurationNote.LENGTH_ASSUMED, 8192, 131072),
            "sequences of 8,192 tokens: an assumption, the file allows up to 131,072",
        ),
        (
            Counted(ConfigurationNote.LENGTH_OF_POSITIONS, 512),
            "sequences of 512 tokens, as many as there are positions",
        ),
        (
            Counted(ConfigurationNote.QUANTIZED),
            "key 'quantization_config': weights are counted as they are trained, not as they are stored",
        ),
        (KeysNotUnderstood(("a", "b\n")), "not understood, and taken to change no product: 'a', 'b?'"),
        (
            KeysNotUnderstood(tuple("abcdefghi")),
            "not understood, and taken to change no product: 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h' …",
        ),
        (Share(Part.PREDICTED, 0.15), "timed with 15 % of the tokens predicted, as BERT is trained; counted with all"),
        (
            Share(Part.BEYOND_WINDOW, 0.0326),
            "key 'sliding_window': attention is counted over all tokens; 3.3 % of the FLOPs are more than it computes",
        ),
        (
            Counted(ConfigurationNote.COUNTED_AS_TRAINED, name="Odd"),
            "'Odd' is counted as the language model that it is trained as",
        ),
        (OfDimension(DimensionNote.ONE_SAMPLE, "rows", "x"), "dimension 'rows' of input 'x' is taken as one sample"),
        (
            OfDimension(DimensionNote.FIRST_ONE_SAMPLE, "", "x"),
            "the first dimension of input 'x' has no size: taken as one sample",
        ),
        (
            OpNotUnderstood("com::Magic", 1200, 0.25),
            "'com::Magic' is not understood (1,200 ×): counted as passes over memory, its weights may stand for 25.0 % "
            "of the FLOPs",
        ),
        (BodyCountedOnce("Loop", 1), "Loop (1 ×): its body is counted once, however often it runs"),
        (Tied(2), "2 × the values of another matrix: tied, and counted once"),
        (
            TablesOfConstants((("mask", 2400),)),
            "tables that are added or multiplied, taken as constants (values each): mask (2,400)",
        ),
        (
            VectorsUsedAgain(3),
            "3 uses of vectors that other nodes use too: counted once; an exporter keeps equal ones of an untrained "
            "network once, which has more parameters then",
        ),
    ],
)
def test_that_what_is_told_of_a_file_is_a_sentence_with_its_figures(said, words):
    assert told(said) == words


def test_that_the_same_is_told_in_another_language_once_that_is_chosen():
    said = Sequence(1024)
    assert told(said) == "a sequence of 1,024 tokens"
    set_language(CHINESE, resource("i18n"))
    assert told(said) == "1,024 个词元的序列"
