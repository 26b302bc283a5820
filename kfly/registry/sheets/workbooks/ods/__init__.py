"""OpenDocument sheets, read whole: no other reader tells what a cell shows from what its XML says besides."""
