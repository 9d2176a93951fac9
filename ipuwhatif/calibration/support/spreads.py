"""The axes along which a case can leave the evidence, and how much wider each makes the interval."""

from math import log

from ipuwhatif.texts import marked

#: Widening of the interval beyond the evidence, one standard deviation per unit of the natural logarithm.
BATCH_SPREAD, GAIN_SPREAD = 0.10, 0.20
#: By whose software runs the chips: of GPUs, sizes that no entry came near were missed by two to three times as much.
CHIPS_SPREAD = {"ipu": 0.03, "gpu": 0.08, "other": 0.08}
RELEASE_SPREAD, GENERATION_SPREAD, RECIPE_SPREAD = 0.01, 0.06, 0.15
#: Of ln(samples) where the chip has not been trained on, nor its architecture with the release's recipes.
UNKNOWN_RECIPE_SPREAD = 0.10
#: Of a job that nobody has measured on the architecture: the op graph and the efficiencies of other jobs are all there
#: is. On the rows of jobs with published throughputs, left out of the fit, the error was of this size.
WORKLOAD_SPREAD = 0.30
#: Of ln(throughput) between published figures and the model that was fitted to them; of small steps, which are bound
#: by launches that are counted and not measured.
PUBLISHED_SCATTER, SMALL_STEP_SCATTER = 0.10, 0.16
#: Of a framework that people run, between documents: what is not printed of a set-up. Speeds of a document that is left
#: out lie 0.16 around what the others let expect (root mean square of ln), with what the parameters do not know.
FRAMEWORK_SCATTER = 0.105
#: Of software that was not run on this job: what its framework and class tell has the width of their parameters.
SOFTWARE_SPREAD = 0.05
#: A small step costs what its host makes of it: on a chip where nobody has measured one, a factor of two either way.
SMALL_STEP_ELSEWHERE = 0.50
#: Of a language model, from held-out residuals of ln(throughput): with software of a round without an entry, and of a
#: job without one. Its entries scatter as those of other jobs on GPUs do, and the draws have most of what a round, a
#: chip or a size without one adds.
LANGUAGE_ROUND, LANGUAGE_JOB = 0.01, 0.12
#: Of a language model with entries, in a framework that nobody printed a speed of it in.
LANGUAGE_SOFTWARE = 0.10
#: Of a language model without an entry in a framework that nobody printed a speed of it in: models that were left out.
SPOKEN_JOB = 0.06
#: Of a language model whose products run in as many bits as nobody ran them in on the chip. Speeds in 4 bit that the
#: model had not seen lie 0.06 around it (root mean square of ln).
PRECISION_SPREAD = 0.06
#: Of a language model on a chip whose best product nobody measured: ln of what the best products of 14 chips reach of
#: their peaks, around the share that is taken (root mean square).
UNKNOWN_PRODUCT = 0.16
#: Less than twice or half the batches that were run on about as many chips is usual; from there on the basis says so.
USUAL = log(2.0) * (1.0 - 1e-9)
#: Field of Gains -> the axis that it moves along, and its part of GAIN_SPREAD: what acts on links, latencies and hosts
#: moves a smaller part of the time.
GAIN_AXES = {
    "compute": (marked("compute gain"), 1.0),
    "link_bandwidth": (marked("link bandwidth gain"), 0.25),
    "clock": (marked("clock"), 1.0),
    "peak": (marked("peak rate"), 1.0),
    "memory_bandwidth": (marked("memory bandwidth"), 1.0),
    "on_chip_memory": (marked("memory size"), 0.25),
    "link_latency": (marked("link latency"), 0.25),
    "communication": (marked("communication gain"), 0.25),
    "host_input": (marked("host input gain"), 0.25),
    "samples": (marked("samples to target"), 1.0),
}
GLOBAL_BATCH = marked("global batch")
#: In the place of "chip generation": what the user says of a chip is all that is known of it.
GENERATION, OWN_CHIP = marked("chip generation"), marked("own chip known by its data sheet alone")
NOT_UNDERSTOOD = marked("ops that are not understood")  # of a network of the user's own
SOFTWARE = marked("software")
LATER_SOFTWARE, ASSUMPTIONS = marked("later software"), marked("assumptions")
#: Axes that a choice leaves the evidence along, a lever, an assumption or the batch of a layout: the chips, how many of
#: them and the software are those of entries.
CHOSEN_AXES = (*(axis for axis, _ in GAIN_AXES.values()), GLOBAL_BATCH, LATER_SOFTWARE, ASSUMPTIONS)
#: By how much a round departs from the drift: its time of a micro-batch (0.015) and its recipes (0.03).
ROUND_SPREAD = 0.034
