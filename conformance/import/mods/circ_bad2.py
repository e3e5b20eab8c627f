from circ_bad import not_yet
