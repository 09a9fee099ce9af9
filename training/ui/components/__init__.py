"""Small components of our own, where Streamlit has no widget: their JavaScript lies beside them."""
