"""`make calibrate`: fit the parameters to the shipped evidence and write resources/calibration."""

from ipuwhatif.calibration.fit import fit
from ipuwhatif.calibration.observations import observe
from ipuwhatif.calibration.published import published_rows
from ipuwhatif.calibration.store import save
from ipuwhatif.catalog.load import load_catalog
from ipuwhatif.files import resource


def main() -> None:
    catalog = load_catalog()
    observations = observe(catalog, catalog.official, catalog.references, published_rows(catalog))
    fitted = fit(observations)
    save(resource("calibration"), fitted.center, fitted.draws, catalog.evidence_hash)
    figures = f"{len(observations.points)} reference points and {len(observations.published)} published throughputs"
    fitted_to = f"{len(observations.rows)} entries, {figures}"
    print(f"fitted {len(fitted.center)} parameters to {fitted_to}")


if __name__ == "__main__":
    main()
