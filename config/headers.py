"""Headers Django and django-csp do not set."""

# What a page of ours never asks of a browser, and so nothing on it may: a security key is the exception.
REFUSED = (
    "accelerometer", "autoplay", "browsing-topics", "camera", "display-capture", "encrypted-media", "fullscreen",
    "geolocation", "gyroscope", "hid", "idle-detection", "magnetometer", "microphone", "midi", "payment",
    "picture-in-picture", "screen-wake-lock", "serial", "usb", "xr-spatial-tracking",
)  # fmt: skip
POLICY = ", ".join(
    [
        *(f"{feature}=()" for feature in REFUSED),
        *(f"publickey-credentials-{act}=(self)" for act in ("create", "get")),
    ]
)


def permissions_policy(get_response):
    def answer(request):
        response = get_response(request)
        response["Permissions-Policy"] = POLICY
        return response

    return answer
