"""The names of OpenDocument, each with its namespace: files differ in prefixes alone."""

_SPACE = "{{urn:oasis:names:tc:opendocument:xmlns:{}:1.0}}"
OFFICE, TABLE, TEXT, STYLE, NUMBER = map(_SPACE.format, ("office", "table", "text", "style", "datastyle"))
CALC = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"

BODY_TABLE_DEPTH = 4  # document, body, spreadsheet, table: those further in are no sheets
STYLES, AUTOMATIC_STYLES = OFFICE + "styles", OFFICE + "automatic-styles"
SHEET, SHEET_SOURCE = TABLE + "table", TABLE + "table-source"
COLUMN, ROW = TABLE + "table-column", TABLE + "table-row"
COLUMN_GROUP, ROW_GROUP = TABLE + "table-column-group", TABLE + "table-row-group"
CELL, COVERED_CELL = TABLE + "table-cell", TABLE + "covered-table-cell"
NAME, DISPLAY, VISIBILITY, STYLE_NAME = (
    TABLE + name for name in ("name", "display", "visibility", "style-name")
)
DEFAULT_CELL_STYLE, FORMULA = TABLE + "default-cell-style-name", TABLE + "formula"
ROWS_REPEATED, COLUMNS_REPEATED = TABLE + "number-rows-repeated", TABLE + "number-columns-repeated"
ROWS_SPANNED, COLUMNS_SPANNED = TABLE + "number-rows-spanned", TABLE + "number-columns-spanned"
PARAGRAPH = TEXT + "p"
VALUE_TYPE, VALUE, CURRENCY = OFFICE + "value-type", OFFICE + "value", OFFICE + "currency"
CALC_VALUE_TYPE = CALC + "value-type"
