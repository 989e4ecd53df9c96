"""What the formats are built of: translation units, fields, inline tags, packages, XML."""
