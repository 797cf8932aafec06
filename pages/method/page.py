"""How to read the records: generated from the code lists and the store, so that it cannot go stale."""

import streamlit as st

from pages.method import content
from pages.shared.resources import gazetteer, store

opened = store()
st.markdown(content.INTRODUCTION)
for title, frame in content.code_lists().items():
    with st.expander(title, expanded=title == "Precision of a place"):
        st.table(frame, hide_index=True, border="horizontal")
st.subheader("What is in this instance")
st.table(content.holdings(opened, gazetteer()), hide_index=True, border="horizontal")
st.markdown(content.PUBLICATION)
st.caption(content.versions(opened, gazetteer()))
