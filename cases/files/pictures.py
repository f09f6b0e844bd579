"""Pictures are drawn again, pixel for pixel, so that nothing travels with them: no place, no camera, no script."""

from PIL import Image, ImageOps, UnidentifiedImageError

from cases.files.verdict import JPEG, PNG, Refused, admitted

FORMATS = {JPEG: "JPEG", PNG: "PNG"}
# Drawn quickly rather than packed tightly: the time it may take is short.
HOW = {JPEG: {"quality": 90}, PNG: {"compress_level": 3}}
DAMAGED = (
    "The picture is damaged and cannot be opened. Take or save it again as JPEG or PNG, and add the new one."
)


def remake(path, new_path, content_type, *, most_pixels):
    """Draw it anew at `new_path`. Its size is asked before it is unpacked."""
    Image.MAX_IMAGE_PIXELS = None  # ours is smaller, and said in a sentence
    try:
        with Image.open(path, formats=[FORMATS[content_type]]) as picture:
            _check_size(picture, most_pixels)
            drawn = ImageOps.exif_transpose(picture)
            drawn = drawn.convert(_mode(drawn, content_type))
        drawn.info = {}
        drawn.save(new_path, FORMATS[content_type], **HOW[content_type])
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, ArithmeticError) as fault:
        raise Refused(DAMAGED) from fault
    return admitted(content_type, remade=True)


def _check_size(picture, most_pixels):
    pixels = picture.width * picture.height
    if pixels > most_pixels:
        raise Refused(
            f"The picture has {pixels // 1_000_000:,} million points; at most {most_pixels // 1_000_000} million can be "
            "taken. Make it smaller, and add the new one."
        )
    if getattr(picture, "is_animated", False) and picture.format == "PNG":
        raise Refused("The picture moves: it holds several pictures. Add each as a picture of its own.")


def _mode(picture, content_type):
    if content_type == JPEG:
        return "L" if picture.mode == "L" else "RGB"
    is_see_through = "A" in picture.getbands() or "transparency" in picture.info
    return "RGBA" if is_see_through else "L" if picture.mode in ("1", "L") else "RGB"
