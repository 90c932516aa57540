"""Analysis of text and queries, and the engines that find pages. Plain Python without Django."""
