"""The address that goes into the codes on cards: which it is, who can open it, and choosing another."""

import socket
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from flask import render_template, request
from flask.typing import ResponseReturnValue
from marshmallow import ValidationError

from pointsbank import public_address as addresses
from pointsbank import roster, staff
from pointsbank.errors import Refused
from pointsbank.public_address import Reach
from pointsbank.roster import PrintedAddress
from pointsbank.schemas.fields import StrictField
from pointsbank.staff import Permission
from pointsbank.web import access, address_chosen, forms
from pointsbank.web import addresses as network
from pointsbank.web.forms import BoundForm
from pointsbank.web.page import Page, SeeOther
from pointsbank.web.qr_codes import svg_path

page = Page()

# Reserved for documents (RFC 5737): nobody is there, and nothing is sent to find out the way to it.
_NOBODY = ("192.0.2.1", 9)
_EVERY_INTERFACE = "0.0.0.0"


class AddressSetElsewhere(Refused):
    """The operator has set the address where this page cannot change it."""

    code = "address_set_elsewhere"
    sentence = "网址由服务器上的 {place} 设定，请管理员改那里的设定，再重新启动。"
    fixed_by = "管理员"


class WebAddress(StrictField[str]):
    """An address that begins with http:// or https://, as it goes into a code."""

    own_words = True

    def read(self, value: object) -> str:
        """Return the address; raises ValidationError."""
        try:
            return addresses.checked_url(str(value).strip())
        except ValueError:
            right = "https://jf.example.cn 或 http://192.168.1.20:8000"
            raise ValidationError(f"请填完整的网址，例如 {right}。") from None


class NewAddress(forms.Form):
    """The address, and whether other machines of the network may open it."""

    public_url = WebAddress(required=True)
    listen = forms.Ticked(load_default=False)
    sure = forms.Ticked(load_default=False)


@page.form("/v/<village>/address", Permission.ADDRESS_SET)
def public_address(form: BoundForm, village: str) -> str:
    """Show the address with a code to try it by, and how to find a better one."""
    settings = access.settings()
    suggested = own_address(settings.port)
    reach = addresses.reach_of(settings.public_url)
    form.prefill(public_url=suggested if reach is Reach.THIS_MACHINE and suggested else settings.public_url)
    form.prefill(listen="1")
    with access.database().reading() as session:
        printed = roster.addresses_in_use(session, village=village)
    # Shown before anything is kept: what the cards in people's pockets will do then.
    chosen = form.data.get("public_url", "")
    return render_template(
        "public_address.html",
        form=form,
        printed=printed,
        chosen=chosen,
        left_behind=_left_behind(printed, chosen) if chosen else 0,
        now=settings.public_url,
        reach=reach,
        drawn=svg_path(settings.public_url),
        suggested=suggested,
        set_in=settings.address_set_in,
        alone=settings.host in addresses.LOOPBACK,
        port=settings.port,
    )


@page.post("/v/<village>/address", Permission.ADDRESS_SET, form=NewAddress, on=public_address)
def choose_address(village: str) -> ResponseReturnValue:
    """Keep another address: cards printed from now on have it.

    Raises:
        AddressSetElsewhere: kept on the form.
    """
    form = forms.bind(NewAddress)
    if form.is_valid and not form.data["sure"] and not access.settings().address_set_in:
        with access.database().reading() as session:
            printed = roster.addresses_in_use(session, village=village)
        if _left_behind(printed, form.data["public_url"]):
            return public_address.show(form, village=village)
    done = forms.run_catching_refusals(form, lambda: _keep(form.data["public_url"], form.data["listen"]))
    if done is None:
        return public_address.show(form, village=village)
    return SeeOther("public_address", done, village=village).response()


def _left_behind(printed: Sequence[PrintedAddress], chosen: str) -> int:
    """How many cards in use have another address than this, as far as it is known."""
    return sum(one.cards for one in printed if one.public_url not in ("", chosen))


def _keep(url: str, listen: bool) -> str:
    """Keep the address, and write down who chose it; return what is to be said.

    Raises:
        AddressSetElsewhere: the operator has set it.
    """
    settings = access.settings()
    if settings.address_set_in:
        raise AddressSetElsewhere(place=settings.address_set_in)
    opens = listen and settings.host in addresses.LOOPBACK
    # Who opened it to the network once does not shut it by choosing another address.
    host = _EVERY_INTERFACE if opens else _kept_host(settings.data_dir)
    with access.database().writing() as session:
        # First: an address that is kept and of which nobody knows by whom is worse than the other way round.
        value = addresses.in_words(url, host=host or settings.host)
        staff.note_changes(
            session, values={staff.ADDRESS_SET: value}, **access.by_and_at(), address=network.of(request)
        )
    addresses.keep(settings.data_dir, public_url=url, host=host)
    address_chosen.take_over()
    sentences = [f"公开网址是 {url}，从下一次打印的卡起用它。"]
    if opens:
        sentences.append("请关掉服务再启动一次，同一个网络里的手机和电脑就能打开。")
    if url.startswith("https://") and not settings.secure:
        sentences.append("https 要重新启动以后才生效，以后从这个网址登录。")
    return "".join(sentences)


def _kept_host(data_dir: Path) -> str:
    """Return where to listen as it was chosen before, empty where it was not."""
    with suppress(OSError, ValueError):
        return addresses.kept(data_dir).get("host", "")
    return ""


def own_address(port: int) -> str:
    """Return the address of this machine in its network, empty where it is in none.

    Args:
        port: on which the site listens.
    """
    with suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        # Sends nothing: the system only says by which of its addresses it would.
        asking.connect(_NOBODY)
        host = asking.getsockname()[0]
        url = f"http://{host}:{port}"
        if addresses.reach_of(url) is not Reach.THIS_MACHINE:
            return url
    return ""
