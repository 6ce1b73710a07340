"""Reading and judging needs: words, board, priorities. What writes stands in `services`."""
