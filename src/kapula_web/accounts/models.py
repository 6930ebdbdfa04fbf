"""Organisations and the people in them. One installation serves many organisations; none sees another's."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **extra: Any) -> User:
        user = self.model(email=self.normalize_email(email).lower(), **extra)
        user.set_password(password)
        user.save(using=self._db)
        _note_address(user)
        return user


def _note_address(user: User) -> None:
    """Sign-in keeps a book of addresses and writes a missing one when a page is opened; here it never is missing."""
    from allauth.account.models import EmailAddress  # needs this module first

    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=False)


class User(AbstractBaseUser, PermissionsMixin):
    """A person. The e-mail address is the name one signs in with."""

    email = models.EmailField(_("sähköposti"), unique=True)
    name = models.CharField(_("nimi"), max_length=120, blank=True)
    language = models.CharField(_("kieli"), max_length=5, default="fi")
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = UserManager()

    def __str__(self) -> str:
        return self.name or self.email


class Organisation(models.Model):
    name = models.CharField(_("nimi"), max_length=120)
    slug = models.SlugField(unique=True, max_length=60)
    language = models.CharField(_("oletuskieli"), max_length=5, default="fi")
    minimum_n = models.PositiveIntegerField(
        _("vähimmäismäärä"), default=10, help_text=_("Alle tämän jäävän ryhmän lukua ei näytetä.")
    )
    is_example = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The organisation's first page."""
        return f"{reverse('home')}o/{self.slug}/"


class Team(models.Model):
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="teams")
    name = models.CharField(_("nimi"), max_length=120)
    code = models.CharField(
        _("nimi aineistoissa"), max_length=120, help_text=_("Se nimi, jolla tiimi esiintyy aineistoissa.")
    )
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["organisation", "code"], name="team_code_once")]

    def __str__(self) -> str:
        return self.name


class Role(models.TextChoices):
    """In rising order of rights; accounts/access.py says what each may do."""

    READER = "reader", _("lukija")
    MEMBER = "member", _("jäsen")
    TEAM_LEAD = "team_lead", _("tiimin vetäjä")
    ANALYST = "analyst", _("analyytikko")
    OWNER = "owner", _("omistaja")


class Membership(models.Model):
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="memberships")
    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    role = models.CharField(_("rooli"), max_length=12, choices=Role.choices, default=Role.MEMBER)
    teams = models.ManyToManyField(Team, blank=True, related_name="memberships")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "user"], name="one_membership_each")]

    def __str__(self) -> str:
        return f"{self.user} · {self.get_role_display()}"


class Invitation(models.Model):
    """A place offered by e-mail. Only a hash of the token is kept."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="invitations")
    email = models.EmailField(_("sähköposti"))
    role = models.CharField(_("rooli"), max_length=12, choices=Role.choices, default=Role.MEMBER)
    teams = models.ManyToManyField(Team, blank=True)
    language = models.CharField(_("kutsun kieli"), max_length=5, default="fi")
    token_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(User, models.SET_NULL, null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.email


class AuditEntry(models.Model):
    """Who did what, when. Written by services in the same transaction as the deed; never changed, but for customers' words in ``details``,
    which go when the comments they are from have gone."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="audit_entries")
    actor = models.ForeignKey(User, models.SET_NULL, null=True)
    action = models.CharField(max_length=60)
    object_type = models.CharField(max_length=60, blank=True)
    object_id = models.CharField(max_length=60, blank=True)
    details = models.JSONField(default=dict)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["organisation", "-id"])]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.action}"
