"""What pages show, worked out beforehand: pure values with every string ready, no Streamlit."""
