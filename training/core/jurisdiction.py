"""What a jurisdiction asks to stand on a certificate, as data with its source, and what a certificate lacks for it."""

from collections.abc import Collection
from datetime import date
from enum import StrEnum

from pydantic import Field

from training.core.certification import Certification
from training.core.credential import Credential
from training.core.items.item import Slug, Text, Written


class CertificateField(StrEnum):
    """What can stand on a certificate."""

    LEARNER_NAME = "learner_name"
    LICENCE_NUMBER = "licence_number"
    TITLE = "title"
    PROVIDER = "provider"
    APPROVAL_NUMBER = "approval_number"
    COMPLETION_DATE = "completion_date"
    DELIVERY = "delivery"
    HOURS = "hours"
    OBJECTIVES = "objectives"
    INSTRUCTORS = "instructors"
    LEVEL = "level"
    SIGNATURE = "signature"
    CERTIFICATE_NUMBER = "certificate_number"
    VERIFY_ADDRESS = "verify_address"
    EXPIRY = "expiry"
    THEORY_ONLY = "theory_only"


IN_WORDS = {
    CertificateField.LEARNER_NAME: "the learner's name",
    CertificateField.LICENCE_NUMBER: "the learner's licence number",
    CertificateField.TITLE: "the title",
    CertificateField.PROVIDER: "the provider's name",
    CertificateField.APPROVAL_NUMBER: "the provider's approval number",
    CertificateField.COMPLETION_DATE: "the date of completion",
    CertificateField.DELIVERY: "the place or way of delivery",
    CertificateField.HOURS: "the hours with their unit",
    CertificateField.OBJECTIVES: "the objectives or a description",
    CertificateField.INSTRUCTORS: "who taught it, with credentials",
    CertificateField.LEVEL: "the level of instruction",
    CertificateField.SIGNATURE: "an authorised signature",
    CertificateField.CERTIFICATE_NUMBER: "a certificate number",
    CertificateField.VERIFY_ADDRESS: "an address to verify it at",
    CertificateField.EXPIRY: "the date of expiry",
    CertificateField.THEORY_ONLY: "that it is the theory component and no licence",
}


class Jurisdiction(Written):
    """The fields one jurisdiction asks for, where it says so, when that was read, and how long to keep records."""

    id: Slug
    title: Text
    source: Text
    checked: date
    fields: tuple[CertificateField, ...] = Field(min_length=1)
    keep_years: int = Field(default=7, ge=1, le=100)
    note: Text | None = None


FROM_THE_LEARNER = frozenset({CertificateField.LICENCE_NUMBER})
"""What only the learner can give."""


def declared(certification: Certification) -> frozenset[CertificateField]:
    """Say which fields every certificate of a programme will have, by what its file declares."""
    field, given = CertificateField, certification
    asked = {
        field.APPROVAL_NUMBER: given.provider.approval_number, field.DELIVERY: given.delivery, field.LEVEL: given.level,
        field.HOURS: given.hours, field.INSTRUCTORS: given.instructors, field.EXPIRY: given.validity_months,
    }  # fmt: skip
    return frozenset(field) - FROM_THE_LEARNER - {each for each, value in asked.items() if not value}


def present_fields(credential: Credential) -> frozenset[CertificateField]:
    """Say which of the fields that jurisdictions ask for stand on a certificate."""
    field = CertificateField
    always = {
        field.LEARNER_NAME, field.TITLE, field.PROVIDER, field.COMPLETION_DATE, field.SIGNATURE,
        field.CERTIFICATE_NUMBER, field.VERIFY_ADDRESS, field.THEORY_ONLY,
    }  # fmt: skip
    where_given = {
        field.LICENCE_NUMBER: credential.licence, field.APPROVAL_NUMBER: credential.approval_number,
        field.DELIVERY: credential.delivery, field.HOURS: credential.hours, field.LEVEL: credential.level,
        field.OBJECTIVES: credential.objectives or credential.statement, field.INSTRUCTORS: credential.instructors,
        field.EXPIRY: credential.expires,
    }  # fmt: skip
    return frozenset(always | {each for each, value in where_given.items() if value})


def lacking(jurisdiction: Jurisdiction, present: Collection[CertificateField]) -> tuple[str, ...]:
    """Name in words what a certificate lacks for a jurisdiction, in the order it is asked for."""
    return tuple(IN_WORDS[each] for each in jurisdiction.fields if each not in present)
