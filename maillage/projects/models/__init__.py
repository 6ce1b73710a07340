from .activity import Activity, Headcount, Session, Turnout
from .application import Application, ApplicationStep, BudgetLine
from .document import ProjectDocument
from .fund import Call, Criterion, Fund
from .funding import FundingRequest, FundingSource
from .grant import Conflict, FinalReport, GrantAmendment, GrantDecision, Payment, Score
from .plan import Action, ActionSupport, Measure, NextPriority, Objective, Plan, Review, ReviewLine
from .project import EngagedCommunity, Project, ProjectPartner, ProjectPerson, ProjectStep
from .result import Proof, Result
from .twinning import Road, RoadMatrix, Twinning, TwinningGroup, TwinningSite
from .vigilance import VigilanceAlert, VigilanceCount, VigilanceScheme

__all__ = [
    "Action",
    "ActionSupport",
    "Activity",
    "Application",
    "ApplicationStep",
    "BudgetLine",
    "Call",
    "Conflict",
    "Criterion",
    "EngagedCommunity",
    "FinalReport",
    "Fund",
    "FundingRequest",
    "FundingSource",
    "GrantAmendment",
    "GrantDecision",
    "Headcount",
    "Measure",
    "NextPriority",
    "Objective",
    "Payment",
    "Plan",
    "Project",
    "ProjectDocument",
    "ProjectPartner",
    "ProjectPerson",
    "ProjectStep",
    "Proof",
    "Result",
    "Review",
    "ReviewLine",
    "Road",
    "RoadMatrix",
    "Score",
    "Session",
    "Turnout",
    "Twinning",
    "TwinningGroup",
    "TwinningSite",
    "VigilanceAlert",
    "VigilanceCount",
    "VigilanceScheme",
]
