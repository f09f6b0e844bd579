"""The pages boards stand on."""

IRO_SERVICE = "board_iro_service"
CAFCASS = "board_cafcass"
LA_LEGAL = "board_la_legal"
