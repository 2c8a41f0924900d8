"""`services.all`: what is open to a person at a place, now and after which steps, and what is closed or not covered."""

from wayfare.decisions.services.answering import SERVICES, ServicesAnswer, ask_services, services_of, with_services
from wayfare.decisions.services.values import Paper, Service, State, Way

__all__ = [
    "SERVICES", "Paper", "Service", "ServicesAnswer", "State", "Way", "ask_services", "services_of", "with_services",
]  # fmt: skip
