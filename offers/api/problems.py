"""What is wrong with a request, as a problem document (RFC 9457) that a person can act on."""

from django.conf import settings
from django.http import HttpResponse
from pydantic import BaseModel, Field

# The pages that tell more about each kind of fault: parts of the page about the API.
ABOUT = "/data/api/#"
BAD_PARAMETER = "forkert-parameter"
NOT_FOUND = "findes-ikke"
READ_ONLY = "kun-laesning"
TOO_MANY = "for-mange"
NOT_YET = "ikke-endnu"
NOT_ACCEPTED = "andet-format"
TITLES = {
    BAD_PARAMETER: "En parameter kan ikke bruges",
    NOT_FOUND: "Adressen findes ikke",
    READ_ONLY: "API'et kan kun læses",
    TOO_MANY: "Der er spurgt for mange gange",
    NOT_ACCEPTED: "Vi har ikke det format",
    NOT_YET: "Filen er ikke klar endnu",
}
CONTENT_TYPE = "application/problem+json"


class Fault(BaseModel):
    """Hvad der er galt med én parameter."""

    parameter: str = Field(description="Parameterens navn.", examples=["per_page"])
    detail: str = Field(description="Hvad man skal skrive.", examples=["Tallet må højst være 100."])

    def __init__(self, parameter: str, detail: str):
        """Take the two in their order."""
        super().__init__(parameter=parameter, detail=detail)


class Problem(BaseModel):
    """Hvad der er galt (RFC 9457), i ord man kan handle på."""

    type: str = Field(description="Hvor den slags fejl er forklaret.")
    title: str = Field(description="Slagsen.", examples=[TITLES[BAD_PARAMETER]])
    status: int = Field(description="HTTP-status.", examples=[400])
    detail: str = Field(description="Hvad man kan gøre.", examples=["per_page: Tallet må højst være 100."])
    parameter: str | None = Field(default=None, description="Den første parameter, der er forkert.")
    errors: list[Fault] | None = Field(default=None, description="Alle parametre, der er forkerte.")


class ProblemError(Exception):
    """The request cannot be answered. What the client wrote is never repeated, apart from names."""

    def __init__(self, kind: str, status: int, detail: str, faults: tuple[Fault, ...] = ()):
        """`faults` are those of single parameters."""
        super().__init__(detail)
        self.kind, self.status, self.detail, self.faults = kind, status, detail, faults

    def response(self) -> HttpResponse:
        """Return the problem document."""
        problem = Problem(
            type=f"{settings.BASE_URL}{ABOUT}{self.kind}",
            title=TITLES[self.kind],
            status=self.status,
            detail=self.detail,
            parameter=self.faults[0].parameter if self.faults else None,
            errors=list(self.faults) or None,
        )
        content = problem.model_dump_json(exclude_none=True)
        return HttpResponse(content, status=self.status, content_type=CONTENT_TYPE)


def bad_parameters(*faults: Fault) -> ProblemError:
    """Return the problem of parameters that are wrong."""
    sentences = " ".join(f"{fault.parameter}: {fault.detail}" for fault in faults)
    return ProblemError(BAD_PARAMETER, 400, sentences, faults)


def not_found(detail: str, *faults: Fault) -> ProblemError:
    """Return the problem of an address behind which there is nothing."""
    return ProblemError(NOT_FOUND, 404, detail, faults)
