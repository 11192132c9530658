/* What a script adds; a page without it loses no function. */
