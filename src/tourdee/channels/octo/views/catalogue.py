"""What there is: the shop, its products, and what can be asked for on top."""

from django.http import HttpResponse
from django.utils import timezone
from ninja import Router

from ..contract import answers
from ..contract.refusals import InvalidProduct
from ..queries import products as what
from .door import NO, OctoRequest, answer

router = Router(by_alias=True)


@router.get("/supplier", response={200: answers.Supplier, **NO}, operation_id="getSupplier", tags=["Supplier"])
def supplier(request: OctoRequest) -> HttpResponse:
    """The shop."""
    return answer(what.supplier(request.auth, set(request.asked)))


@router.get("/products", response={200: list[answers.Product], **NO}, operation_id="getProducts", tags=["Products"])
def products(request: OctoRequest) -> HttpResponse:
    """Everything that the shop sells through its resellers."""
    return answer(what.products(request.auth, set(request.asked), timezone.now()))


@router.get("/products/{id}", response={200: answers.Product, **NO}, operation_id="getProduct", tags=["Products"])
def product(request: OctoRequest, id: str) -> HttpResponse:
    """One of them."""
    found = what.product(request.auth, id, set(request.asked), timezone.now())
    if found is None:
        raise InvalidProduct(id)
    return answer(found)


@router.get(
    "/capabilities",
    response={200: list[answers.Capability], **NO},
    operation_id="getCapabilities",
    tags=["Capabilities"],
)
def capabilities(request: OctoRequest) -> HttpResponse:
    """What can be asked for on top. Both are of the caller's choice."""
    known = [what.PRICING, what.CONTENT]
    return answer(
        [{"id": name, "revision": 1, "required": False, "dependencies": [], "docs": None} for name in known]
    )  # fmt: skip
