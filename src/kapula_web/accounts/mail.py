"""The invitation's message: plain text, in the invited person's language, with one link."""

from __future__ import annotations

import logging
import smtplib

from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils import timezone, translation

from kapula_web.accounts.models import Invitation

logger = logging.getLogger(__name__)


def send_invitation(*, invitation: Invitation, link: str) -> bool:
    """Send the message. False when the mail server would not take it: the invitation stays, and can be sent again."""
    context = {"invitation": invitation, "organisation": invitation.organisation, "link": link}
    with translation.override(invitation.language):
        subject = render_to_string("accounts/mail/invitation_subject.txt", context).strip()
        body = render_to_string("accounts/mail/invitation.txt", context)
    try:
        send_mail(subject, body, None, [invitation.email])
    except (OSError, smtplib.SMTPException):
        logger.exception("The invitation %s could not be sent.", invitation.pk)
        return False
    invitation.sent_at = timezone.now()
    invitation.save(update_fields=["sent_at"])
    return True
