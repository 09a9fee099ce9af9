"""What people see: pages, views, widgets. The only floor that knows Streamlit."""
