"""One file; the environment decides.

Nothing set: the embedded default (SQLite file, in-memory broker, e-mail written to files) that
`make run` starts in one command. `DATABASE_URL`, `CELERY_BROKER_URL` and `ENVIRONMENT=production`
turn the same code into the deployed service.
"""

import os
from pathlib import Path

import dj_database_url
from celery.schedules import crontab
from csp.constants import NONCE, NONE, SELF

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(os.environ.get("VAR_DIR", BASE_DIR / "var"))
VAR_DIR.mkdir(parents=True, exist_ok=True)

ENVIRONMENT = os.environ.get("ENVIRONMENT", "development")
IS_PRODUCTION = ENVIRONMENT == "production"
IS_DEBUG_ASKED_FOR = os.environ.get("DEBUG", "0") == "1"
DEBUG = IS_DEBUG_ASKED_FOR and not IS_PRODUCTION
# Without one of its own, production refuses to start (`config.production`).
SECRET_KEY = os.environ.get("SECRET_KEY", "for-development-only")
SECRET_KEY_FALLBACKS = [key for key in os.environ.get("SECRET_KEY_FALLBACKS", "").split(",") if key]
ALLOWED_HOSTS = os.environ.get("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1],testserver").split(",")
CSRF_TRUSTED_ORIGINS = [o for o in os.environ.get("CSRF_TRUSTED_ORIGINS", "").split(",") if o]

# Where links in e-mails point: an e-mail is written by the worker, which has no request to ask.
SITE_ADDRESS = os.environ.get("SITE_ADDRESS", "http://localhost:8000")
SERVICE_NAME = "The Protocol"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "crispy_forms",
    "django_htmx",
    "csp",
    "rules",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "accounts",
    "cases",
    "referrals",
    "letters",
    "reports",
    "config",
]

MIDDLEWARE = [
    "config.requests.with_id",
    "config.headers.permissions_policy",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.middleware.SessionsEnd",
    "accounts.middleware.SecondFactorFirst",
    "accounts.origin.came_from",
    "config.walls.entering.within_walls",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "config.addresses.known_methods",
    "config.addresses.without_nul",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "cases.context.service",
                "accounts.context.stay",
            ],
        },
    }
]

DATABASES = {
    "default": dj_database_url.config(
        default=f"sqlite:///{VAR_DIR / 'protocol.sqlite3'}", conn_max_age=None, conn_health_checks=True
    )
}
# One transaction for a request: what a page shows or saves, and the audit entry that says so.
DATABASES["default"]["ATOMIC_REQUESTS"] = True
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # Row locks are ignored by SQLite: an immediate transaction is the lock, and a write waits its turn.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
elif DATABASES["default"]["ENGINE"].endswith("postgresql"):
    # To compile a board's statement takes PostgreSQL many times longer than to answer it.
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("options", "-c jit=off")
# Row-level security, the second wall (`raise_walls`): one role serves people, one the clock and commands.
DATABASE_WALLS = IS_PRODUCTION and DATABASES["default"]["ENGINE"].endswith("postgresql")
DATABASE_WEB_ROLE = os.environ.get("DATABASE_WEB_ROLE", "protocol_web")
DATABASE_WORK_ROLE = os.environ.get("DATABASE_WORK_ROLE", "protocol_work")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_CACHE_URL = os.environ.get("REDIS_CACHE_URL")
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_CACHE_URL}
    if REDIS_CACHE_URL
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
}

AUTH_USER_MODEL = "accounts.User"
PASSWORD_RESET_TIMEOUT = 3 * 24 * 3600
LOGIN_URL = "sign_in"
LOGIN_REDIRECT_URL = "my_work"
LOGOUT_REDIRECT_URL = "sign_in"
AUTHENTICATION_BACKENDS = ["accounts.backends.PersonBackend"]

# The doors. Nobody registers themselves: an organisation's administrator invites.
ACCOUNT_ADAPTER = "accounts.adapters.Door"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
MFA_ADAPTER = "accounts.adapters.SecondFactors"
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_ISSUER = SERVICE_NAME
MFA_TOTP_TOLERANCE = 1
# Together ten wrong passwords a quarter of an hour for one account: three of them are kept for browsers its
# owner has signed in with before, so that a stranger who guesses cannot lock the owner out.
ACCOUNT_RATE_LIMITS = {
    "login": None,
    "password": "7/15m/key,300/15m/ip",
    "password_in_a_known_browser": "3/15m/key",
    "present_password": "10/15m/key",
    "login_failed": "10/15m/key",
    "reauthenticate": "10/15m/user",
    "password_link": "5/15m/key,60/15m/ip",
}
# How many proxies of ours stand in front: only what they add to X-Forwarded-For is believed.
TRUSTED_PROXIES = int(os.environ.get("TRUSTED_PROXIES", "0"))

# An authority's own directory (OpenID Connect), for the people of one organisation, all of them invited first.
OIDC_NAME = os.environ.get("OIDC_NAME") or "your organisation’s directory"
OIDC_SERVER = os.environ.get("OIDC_SERVER", "")
OIDC_CLIENT_ID = os.environ.get("OIDC_CLIENT_ID", "")
OIDC_CLIENT_SECRET = os.environ.get("OIDC_CLIENT_SECRET", "")
OIDC_ORGANISATION = os.environ.get("OIDC_ORGANISATION", "")
SOCIALACCOUNT_ADAPTER = "accounts.adapters.Directory"
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "APPS": [
            {
                "provider_id": "directory",
                "name": OIDC_NAME,
                "client_id": OIDC_CLIENT_ID,
                "secret": OIDC_CLIENT_SECRET,
                "settings": {"server_url": OIDC_SERVER},
            }
        ]
        if OIDC_SERVER
        else []
    }
}

# A session ends after a quarter of an hour without its person, and after a working day whatever they do. Its row
# outlives it by half a day: what somebody sends too late is kept for them.
SESSION_ENGINE = "accounts.sessions"
SESSION_IDLE_SECONDS = 15 * 60
SESSION_SECONDS = 12 * 3600
SESSION_WARNING_SECONDS = 3 * 60
SESSION_COOKIE_AGE = 24 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = True
USE_TZ = True
FORMAT_MODULE_PATH = ["config.formats"]

STATIC_URL = "static/"
STATIC_ROOT = Path(os.environ.get("STATIC_ROOT", BASE_DIR / "staticfiles"))
# `static/build` is made by `npm run build` from the locked npm packages; nothing third-party is committed.
STATICFILES_DIRS = [BASE_DIR / "static" / "build", BASE_DIR / "static" / "src"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if IS_PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not IS_PRODUCTION
# What people add (`cases.files`): outside what the web serves, handed out by a view alone.
FILES_DIR = Path(os.environ.get("FILES_DIR") or VAR_DIR / "files")
FILE_BYTES = int(os.environ.get("FILE_MEGABYTES", "20")) * 1024 * 1024
FILES_AT_ONCE = 5
FILE_PIXELS = 40_000_000
# The process in which a file is opened has this much time and memory; a bomb ends it, and nothing else.
FILE_SECONDS = 20
FILE_MEMORY = 512 * 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "cases.files.receiving.NoMoreThanAllowed",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
# Where a ClamAV listens: tcp://clamav:3310, or unix:///run/clamav/clamd.ctl. Without one nothing is scanned.
CLAMAV_ADDRESS = os.environ.get("CLAMAV_ADDRESS", "")
CLAMAV_SECONDS = 30
FILE_SCANNER = "cases.files.scanner.ClamAV" if CLAMAV_ADDRESS else "cases.files.scanner.NoScanner"

CRISPY_ALLOWED_TEMPLATE_PACKS = "govuk"
CRISPY_TEMPLATE_PACK = "govuk"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
# The audit trail (`accounts.audit`): what marks its entries, and where its chain is anchored outside the database.
# A former key stays in the list, after the one in use, as long as what it marked is kept.
AUDIT_KEYS = [key for key in os.environ.get("AUDIT_KEYS", "").split(",") if key] or [SECRET_KEY]
AUDIT_ANCHORS = Path(os.environ.get("AUDIT_ANCHORS", VAR_DIR / "audit-anchors"))
AUDIT_ANCHOR_EMAIL = os.environ.get("AUDIT_ANCHOR_EMAIL", "")

# How long the record of a child who was never looked after is kept: until an age, and so many years after the last
# event (`reports.records.retention` says why). A looked-after child's is the law's to say, not a setting's.
RETENTION_OTHERS_AGE = int(os.environ.get("RETENTION_OTHERS_AGE", "25"))
RETENTION_OTHERS_YEARS = int(os.environ.get("RETENTION_OTHERS_YEARS", "6"))

# Where an act has a page of its own; every other happening is recorded on the general form.
# `cases` does not know that letters exist: it reads here where to send a person.
ACT_PAGES = {
    "iro_allocated": ("appoint", "iro"),
    "guardian_allocated": ("appoint", "guardian"),
    "appendix_1_sent": ("case_letters",),
    "appendix_2_sent": ("case_letters",),
    "child_letter_sent": ("case_letters",),
    "iro_named_to_cafcass": ("case_letters",),
    "appendix_1_acknowledged": ("case_letters",),
    "dispute_raised": ("dispute_act", "dispute_raised"),
    "dispute_made_formal": ("dispute_act", "dispute_made_formal"),
    "dispute_escalated": ("dispute_act", "dispute_escalated"),
    "dispute_answered": ("dispute_act", "dispute_answered"),
    "dispute_withdrawn": ("dispute_act", "dispute_withdrawn"),
    "dispute_resolved": ("dispute_act", "dispute_resolved"),
    "dispute_unresolved": ("dispute_act", "dispute_unresolved"),
    "court_told_of_dispute": ("dispute_act", "court_told_of_dispute"),
    "guardian_told_of_dispute": ("dispute_act", "guardian_told_of_dispute"),
    "separate_report_decided": ("dispute_act", "separate_report_decided"),
    "cafcass_manager_notification_decided": ("dispute_act", "cafcass_manager_notification_decided"),
    "complaints_and_advocacy": ("dispute_act", "complaints_and_advocacy"),
    "escalation_endorsement": ("dispute_act", "escalation_endorsement"),
    "mediation": ("dispute_act", "mediation"),
    "good_practice_noted": ("dispute_act", "good_practice_noted"),
    "good_practice_answered": ("dispute_act", "good_practice_answered"),
    "referral_screening": ("referral_act", "referral_screening"),
    "official_solicitor_redirect": ("referral_act", "official_solicitor_redirect"),
    "referral_documents": ("referral_act", "referral_documents"),
    "childs_wishes": ("referral_act", "childs_wishes"),
    "referral_submitted": ("referral_act", "referral_submitted"),
    "missing_document_provided": ("referral_act", "missing_document_provided"),
    "rights_now_met": ("referral_act", "rights_now_met"),
    "family_informed": ("referral_act", "family_informed"),
    "referral_received": ("referral_act", "referral_received"),
    "referral_allocated": ("referral_act", "referral_allocated"),
    "civil_proceedings_started": ("referral_act", "civil_proceedings_started"),
    "settled": ("referral_act", "settled"),
    "judgment_given": ("referral_act", "judgment_given"),
    "referral_withdrawn": ("referral_act", "referral_withdrawn"),
    "information_gathered": ("referral_act", "information_gathered"),
    "who_acts": ("referral_act", "who_acts"),
    "child_involved": ("referral_act", "child_involved"),
    "court_permission": ("referral_act", "court_permission"),
    "limitation_date": ("referral_act", "limitation_date"),
    "la_legal_notified": ("letters_of_referral",),
    "delay_letter_sent": ("letters_of_referral",),
    "decision_report_sent": ("letters_of_referral",),
    "progress_report_sent": ("letters_of_referral",),
    "final_report_sent": ("letters_of_referral",),
}

# Pages of other rooms in the navigation, for the roles that have them; a role may name the kind of its organisation.
EVERYBODY_WITH_CASES = {
    "iro", "voluntary_iro", "iro_manager", "iro_business_support", "social_worker", "team_manager",
    "service_manager", "head_of_service", "director", "chief_executive", "la_legal", "guardian",
    "cafcass_service_manager", "cafcass_business_support", "high_court_team_officer", "cafcass_legal",
}  # fmt: skip
WHO_HAVE_A_BOARD = {
    "iro_manager", "iro_business_support", "service_manager", "head_of_service", "director", "chief_executive",
    "la_legal", "cafcass_service_manager", "cafcass_business_support",
}  # fmt: skip
PAGES_ELSEWHERE = [
    ("Find", "find", EVERYBODY_WITH_CASES),
    ("Board", "boards", WHO_HAVE_A_BOARD),
    ("Notices", "inbox", EVERYBODY_WITH_CASES),
    ("Undeliverable e-mail", "undeliverable", {"administrator"}),
    ("Answers", "answers", EVERYBODY_WITH_CASES),
    ("Wording of letters", "wordings", {"administrator", "iro_manager", "cafcass_service_manager"}),
    ("Referrals", "triage", {"cafcass_legal", "high_court_team_officer"}),
    ("Advice line", "advice", {"cafcass_legal"}),
    ("Duty rota", "rota", {"cafcass_legal"}),
    ("Documents with a referral", "referral_checklist", {"cafcass_legal"}),
    ("Ladder of dispute", "ladder", {"administrator of authority", "iro_manager"}),
    ("Files held", "held_files", {"iro_manager"}),
    ("Records due", "records_due", {"iro_manager", "head_of_service", "la_legal"}),
]
# Where a role begins, when that is not My work.
HOME_PAGES = {"cafcass_legal": "triage"}
# What other rooms offer on a child's page, for the roles that may.
CHILD_ACTS = [
    ("Raise a dispute", "dispute_for_child", {"iro", "iro_manager"}),
    ("Refer to Cafcass Legal", "referral_for_child", {"iro", "voluntary_iro"}),
    ("How long the record is kept", "record_end", {"iro_manager", "head_of_service", "la_legal"}),
    ("The whole record as one file", "subject_access", {"iro_manager"}),
]
# Pages about a case that other rooms add to its tabs.
CASE_TABS = [("Letters", "case_letters"), ("Disputes", "case_disputes"), ("Referral", "case_referrals")]

# Pages about a referral that other rooms add to it: a text and the name of an address that takes its key.
REFERRAL_PAGES = [("Letters, and who received them", "referral_letters")]

# Where a notice of a higher room leads: the name of an address that takes the key its `about` begins with.
NOTICE_PAGES = {
    "disposal": "certificate", "pack": "subject_access", "view": "saved_view", "gain": "saved_view",
}  # fmt: skip
# What its notices say, a room writes itself (`cases.noticepages.room`).
NOTICE_ROOMS = dict.fromkeys(("view", "gain"), "reports.finding.telling")

# What higher rooms store of a case's chronology: each module's `follow(case)` brings it up to date whenever the case
# is played, and its `wrongly_stored(case)` answers the proof that stored and rebuilt are equal.
FOLLOWERS = ["referrals.following"]

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if IS_PRODUCTION:
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_SSL_REDIRECT = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True

# Locally every e-mail becomes a file one can read; `EMAIL_URL` is not needed to try the product.
# Outside production a mail server sends to nobody but the addresses (or domains, as @example.org) of EMAIL_ALLOWED.
EMAIL_BACKEND = (
    ("django.core.mail.backends.smtp.EmailBackend" if IS_PRODUCTION else "config.post.OnlyAllowed")
    if os.environ.get("EMAIL_HOST")
    else "django.core.mail.backends.filebased.EmailBackend"
)
EMAIL_ALLOWED = [one.strip().lower() for one in os.environ.get("EMAIL_ALLOWED", "").split(",") if one.strip()]
EMAIL_FILE_PATH = VAR_DIR / "outbox"
EMAIL_HOST = os.environ.get("EMAIL_HOST", "")
EMAIL_PORT = int(os.environ.get("EMAIL_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("EMAIL_USE_TLS", "0") == "1"
DEFAULT_FROM_EMAIL = os.environ.get("DEFAULT_FROM_EMAIL", "The Protocol <no-reply@protocol.example>")

# Who is told by e-mail that a page failed: where, and of what kind, and nothing of what was typed or shown.
ADMINS = [("", address) for address in os.environ.get("ERROR_EMAIL", "").split(",") if address]
SERVER_EMAIL = DEFAULT_FROM_EMAIL
DEFAULT_EXCEPTION_REPORTER = "config.errors.Report"

# The database is the scheduler, Celery the alarm clock: a lost broker loses nothing.
CELERY_BROKER_URL = os.environ.get("CELERY_BROKER_URL", "memory://")
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 300}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_TIME_LIMIT = 240
CELERY_TIMEZONE = "Europe/London"
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "celerybeat-schedule")
CELERY_BEAT_SCHEDULE = {
    "tick": {"task": "cases.tasks.tick", "schedule": float(os.environ.get("TICK_SECONDS", "60"))},
    "files": {"task": "cases.tasks.sweep_files", "schedule": crontab(hour=3, minute=10)},
    "audit": {
        "task": "accounts.tasks.seal_audit",
        "schedule": float(os.environ.get("TICK_SECONDS", "60")),
    },
    "doors": {
        "task": "accounts.tasks.keep_the_doors",
        "schedule": float(os.environ.get("TICK_SECONDS", "60")),
    },
    "letters": {"task": "letters.tasks.keep_up", "schedule": float(os.environ.get("TICK_SECONDS", "60"))},
    "reports": {"task": "reports.tasks.keep_up", "schedule": float(os.environ.get("TICK_SECONDS", "60"))},
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {
        "request_id": {"()": "config.requests.RequestId"},
        "tasks": {"()": "config.errors.Tasks"},
    },
    "formatters": {
        "plain": {
            "()": "config.errors.IdsOnly",
            "fmt": "%(asctime)s %(levelname)s %(name)s [%(request_id)s] %(message)s",
        }
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "plain",
            "filters": ["request_id", "tasks"],
        }
    },
    "root": {"handlers": ["console"], "level": os.environ.get("LOG_LEVEL", "INFO")},
}
