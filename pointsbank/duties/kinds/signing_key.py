"""Tells each village's log which key signs for it: the first one, and each that comes in its place."""

from datetime import datetime

from pointsbank import proof, signing_key
from pointsbank.duties.duty import Duty, Site, Work
from pointsbank.jobs import Job


def _is_due(site: Site, _job: Job, _at: datetime) -> bool:
    public = _public(site)
    # A key that the command made while the server runs signs sheets from now on.
    proof.let_sign(site.database, site.settings)
    if public is None:
        return False
    with site.database.reading() as session:
        return bool(proof.untold_villages(session, public=public, public_url=site.settings.public_url))


def _run(work: Work) -> str:
    public = _public(work.site)
    if public is None:
        return "没有签名密钥。"
    with work.site.database.writing() as session:
        done = proof.record_signing_key(
            session, public=public, public_url=work.site.settings.public_url, by=work.by, at=work.at
        )
    return f"已把签名公钥登记进{len(done)}个村的账本。"


def _public(site: Site) -> bytes | None:
    """Return the public half of the installation's key, None where it has none."""
    seed = signing_key.read(site.settings.data_dir)
    return proof.public_of(seed) if seed else None


DUTY = Duty(
    name="signing_key",
    title="签名公钥",
    when="每分钟看一次：换了签名密钥，或有了新的村，就登记在各村的账本里。",
    is_due=_is_due,
    run=_run,
    serves=lambda site: not site.settings.practice,
)
