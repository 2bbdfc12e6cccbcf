"""Document → Plan: header, tasks, items, units, citations and mentions of one plan."""
