"""Dateline's two roles: the script that Streamlit runs for each visitor, and the server around it."""

if __name__ == "__main__":
    from pages.shared.shell import render

    render()
else:
    import streamlit as st
    from streamlit.runtime.pages_manager import PagesManager

    from pages.api.middleware import MIDDLEWARE
    from pages.api.routes import ROUTES
    from pages.shared.serving import lifespan, say_sorry

    # A deep link on a fresh server would otherwise take the old "pages folder" path, past this file.
    PagesManager.uses_pages_directory = False
    app = st.App(__file__, routes=ROUTES, middleware=MIDDLEWARE, lifespan=lifespan, on_script_error=say_sorry)
