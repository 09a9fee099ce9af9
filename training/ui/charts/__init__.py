"""Plotly figures as plain values, each with its text and its table."""
