"""The smallest page Streamlit can show."""

import streamlit as st

st.write("Xin chào")
