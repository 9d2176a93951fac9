"""What the heads and parts of single tables mean, where the word alone says too little: of Breakdown, Cost, Evidence.

Each is explained where it stands alone, as a head or as a cell: in another text the same word may mean something else.
"""

from ipuwhatif.records import Record
from ipuwhatif.texts import tr


class Term(Record, frozen=True):
    """A term by its name, what it means in a sentence or two, and other texts that it is printed as."""

    name: str
    text: str
    also: tuple[str, ...] = ()


def table_terms() -> tuple[Term, ...]:
    """Every such term, table by table."""
    from ipuwhatif.figures.learnt.learnt_terms import learnt_heads  # with the first term that is asked for

    return (
        *(Term(name, meaning) for name, meaning in learnt_heads()),
        *_times(),
        *_memory(),
        *_changes(),
        *_swings(),
        *_costs(),
        *_evidence(),
        *_rooflines(),
        *_article(),
        *_finish(),
        *_own(),
        *_probabilities(),
    )


def _in_units(name: str) -> str:
    """The name as a head with a unit: "Memory (GB)"."""
    return tr("{name} ({unit})", name=name, unit="{unit}")


def _times() -> tuple[Term, ...]:
    return (
        Term(
            tr("Part"),
            tr("What a time is made of. The parts add up to it; what two share goes to the one that binds."),
        ),
        Term(tr("Arithmetic"), tr("Time in which the arithmetic units set the pace, over all steps.")),
        Term(tr("Memory"), tr("Time in which reading and writing a chip's memory sets the pace, over all steps.")),
        Term(tr("Launch"), tr("What starting each piece of work costs on a chip, over all steps.")),
        Term(
            tr("Pipeline bubble"),
            tr("What stages of a pipeline wait for each other while it fills and drains, over all steps."),
        ),
        Term(tr("All-reduce"), tr("Adding up gradients over the replicas, as far as no arithmetic hides it.")),
        Term(tr("Weight update"), tr("What the optimizer takes after each step.")),
        Term(tr("Host wait"), tr("What chips wait for the machine that feeds them.")),
        Term(tr("Evaluation"), tr("Testing the model on the way to the target; the clock runs on.")),
        Term(tr("Checkpoint"), tr("Writing the weights away on the way, where the clock runs on.")),
        Term(tr("Start-up"), tr("From the start of the clock to the first step.")),
        Term(tr("Projected, whole"), tr("All parts together: the projected time.")),
    )


def _memory() -> tuple[Term, ...]:
    return (
        Term(tr("Filled"), tr("What the fullest chip holds: the sum of the parts."), (_in_units(tr("Filled")),)),
        Term(
            tr("Memory of a chip"),
            tr("What a chip has for weights, state and activations together."),
            (_in_units(tr("Memory")),),
        ),
        Term(tr("Free"), tr("Memory less what fills it; below 0 so much is lacking."), (_in_units(tr("Free")),)),
        Term(tr("Fits"), tr("Whether the layout finds room on every chip; where not, what would make it fit.")),
        Term(
            tr("Code, workspace"),
            tr("Program, buffers and what is lost between tensors: a share of the memory."),
            (_in_units(tr("Code, workspace")),),
        ),
        Term(tr("Weights"), tr("The parameters, as products take them."), (_in_units(tr("Weights")),)),
        Term(tr("Gradients"), tr("One for each weight that is trained."), (_in_units(tr("Gradients")),)),
        Term(
            tr("Optimizer state"),
            tr("Moments, and 32-bit weights where the optimizer keeps some."),
            (_in_units(tr("Optimizer state")),),
        ),
        Term(
            tr("Gathered weights"),
            tr("A piece of the network whose weights other replicas hold, fetched when it is its turn."),
            (_in_units(tr("Gathered weights")),),
        ),
        Term(
            tr("Activations"),
            tr("What the backward pass needs of the micro-batches in flight."),
            (_in_units(tr("Activations")),),
        ),
        Term(
            tr("Logits"),
            tr("The last layer's scores of a micro-batch, and their gradients."),
            (_in_units(tr("Logits")),),
        ),
    )


def _changes() -> tuple[Term, ...]:
    return (
        Term(
            tr("Change of the factor (%)"),
            tr("By how much the part itself has changed: throughput, samples to the target, start-up and so on."),
        ),
        Term(
            tr("Change of the time"),
            tr(
                "How much of the difference of both times comes from this part; averaged over every order in which the "
                "parts can change, so that they add up."
            ),
            (tr("Change of the time ({unit})"),),
        ),
        Term(tr("Share of the change (%)"), tr("The same as a share of the whole difference.")),
    )


def _swings() -> tuple[Term, ...]:
    return (
        Term(tr("Swing (% of the time)"), tr("How far the time moves as this alone goes from one end to the other.")),
        Term(tr("Kind"), tr("What a row is about: a lever or an assumption, an official or a published figure.")),
    )


def _costs() -> tuple[Term, ...]:
    return (
        Term(
            tr("Money"),
            tr("Rent for the projected time, or its share of the purchase price that you stated; without electricity."),
            (_in_units(tr("Money")),),
        ),
        Term(
            tr("Energy"),
            tr("Projected time × the power of the system, rated or as you stated it."),
            (_in_units(tr("Energy")),),
        ),
        Term(
            tr("Carbon"),
            tr("Energy × the carbon intensity of the electricity that you stated."),
            (_in_units(tr("Carbon")),),
        ),
        Term(
            tr("Electricity"),
            tr("Energy × the price of a kilowatt-hour that you stated."),
            (tr("Electricity ({currency})"),),
        ),
        Term(tr("Price"), tr("What a system costs, and who says so. There is no default: known ones are offered.")),
    )


def _evidence() -> tuple[Term, ...]:
    return (
        Term(
            tr("Printed"),
            tr("The figure in the unit in which its source prints it."),
            (tr("Printed (samples/s)"),),
        ),
        Term(
            tr("Model, in-sample"),
            tr("What the model says of the row, fitted with that row in it: a check of the fit, no prediction."),
        ),
        Term(
            tr("Residual (%), not official"),
            tr("How far the model lies from the figure, as a share of it. Derived; no MLPerf® metric."),
        ),
        Term(tr("Inside"), tr("Whether the figure lies inside the model's 80 % interval.")),
        Term(tr("Learnt from"), tr("Whether the fit learns from the row; where not, why.")),
        Term(
            tr("Measured (min), not official"),
            tr("The time on the clock where the score differs from it, by a correction in the log."),
        ),
        Term(tr("Run"), tr("Which run of a submission it is: several entries may be of one run.")),
        Term(
            tr("Category"),
            tr("As MLPerf® sorts systems: available, preview (soon to be available), or research."),
        ),
        Term(
            tr("Rank"), tr("Sources that differ stand side by side; the model takes the figure that is ranked first.")
        ),
        Term(tr("How known"), tr("Read in the source, derived from what was read, or recalled without a source.")),
        Term(
            tr("Predicted"),
            tr("By a model that was fitted without the row, and without all that the back-test leaves out."),
            (tr("Predicted (min)"), tr("Predicted (samples/s)")),
        ),
        Term(
            tr("Error (%), not official"),
            tr("How far the prediction lies from the official score. Derived; no MLPerf® metric."),
            (tr("Error (%)"),),
        ),
        Term(tr("Known by"), tr("What the fit still knows of the software: the release, its framework, or its class.")),
    )


def _rooflines() -> tuple[Term, ...]:
    return (
        Term(tr("Class"), tr("Ops of one class run alike: each class has an efficiency of its own.")),
        Term(
            tr("FLOP/byte"), tr("Arithmetic for each byte of memory that is moved; few mean that memory sets the pace.")
        ),
        Term(tr("Share of a step (%)"), tr("Time of these ops in that of one step.")),
        Term(tr("Bound by"), tr("What sets the pace of the op: arithmetic, memory, or starting it.")),
    )


def _article() -> tuple[Term, ...]:
    return (
        Term(tr("Computed"), tr("The same quantity from official results and published figures.")),
        Term(
            tr("Verdict"),
            tr(
                "Confirmed: stated and computed agree within the tolerance; with a condition: only under what is said; "
                "not supported: they do not; cannot be checked: no figure is published."
            ),
        ),
    )


def _finish() -> tuple[Term, ...]:
    return (
        Term(
            tr("Done, so sure"),
            tr("The time, or the day, by which so many of the draws are done, with failures and all that they cost."),
            (tr("Done, {percent} sure ({unit})"), tr("Done, {percent} sure, on"), tr("Done {by}")),
        ),
        Term(tr("Goodput"), tr("Useful time over the time that the machines are held."), (tr("Goodput (%)"),)),
        Term(tr("Failures"), tr("Mean number of those that stop the run."), (tr("Failures, mean"),)),
        Term(
            tr("Useful time"),
            tr("What training itself takes, without failures and what guards against them."),
            (tr("{part}, mean ({unit})", part=tr("Useful time"), unit="{unit}"),),
        ),
    )


def _own() -> tuple[Term, ...]:
    return (
        Term(tr("Job"), tr("The workload that your row was read as.")),
        Term(tr("Runs"), tr("How many runs stand behind the figure, where the file says so.")),
        Term(tr("Read from"), tr("File and row that the result came from.")),
    )


def _probabilities() -> tuple[Term, ...]:
    return (
        Term(tr("Group"), tr("Entries of a kind in one back-test.")),
        Term(tr("Entries"), tr("How many were left out and predicted.")),
        Term(
            tr("Within"),
            tr("Share of the entries that were done by the date that was so sure; what is meant stands in the head."),
            (tr("Within {level} % (%)"),),
        ),
        Term(
            tr("Inside so wide an interval"),
            tr("Share of the entries inside the interval that was to hold so many, from its low end to its high one."),
            (tr("Inside {level} % (%)"),),
        ),
        Term(
            tr("Worst"),
            tr("How many percentage points the share that misses most lies away from what was meant."),
            (tr("Worst (points)"), tr("Worst inside (points)")),
        ),
        Term(tr("Votes"), tr("Entries of one job, round and kind of chip miss together: all of them are one vote.")),
        Term(
            tr("By chance (%)"),
            tr("How often right intervals would hold so badly, by a two-sided binomial test of the votes."),
        ),
        Term(
            tr("CRPS"),
            tr(
                "Continuous ranked probability score of the logarithm of the time: how far a forecast lies from what "
                "came, its width counted in; the smaller the better (Gneiting and Raftery 2007)."
            ),
            (tr("CRPS of a/n + b"),),
        ),
    )
