"""A table on its way into the records: dropped, looked at, corrected, saved, and taken back if need be."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from data import Options, Plan, Store, Undecided
from pages.intake import columns_form, preview, result
from pages.intake.job import say, watch
from pages.intake.state import TableIntake, dropped_as
from pages.shared import access
from pages.shared.text import plain
from pages.shared.words import number_of

KEY, FILES = "intake_table", "intake_files"
AT_ONCE_S = 0.4


def show(store: Store) -> None:
    """Draw the tab."""
    dropped = st.file_uploader(
        f"A table of incidents, up to {st.get_option('server.maxUploadSize')} MB",
        key=f"intake_file_{st.session_state.get(FILES, 0)}",
        on_change=_give_up,
        help="CSV or TSV in any encoding, Excel, GeoJSON, KML, GeoPackage, Parquet, HXL, and the exports of ACLED, "
        "UCDP, GDELT, VIINA, Ushahidi and TimeMap. What it is, is found by its content.",
    )
    intake = _intake(store, dropped)
    if intake is None:
        st.caption(
            "Nothing is saved before you have seen what would happen. Rows with a fault can be corrected here, and a "
            "whole import can be undone."
        )
    elif intake.summary is not None:
        result.show(store, intake.summary, intake.name)
        st.button("Import another table", on_click=_forget, icon=":material/upload_file:")
    elif intake.saving is not None:
        _save(intake)
    else:
        _look(store, intake)


def _intake(store: Store, dropped: UploadedFile | None) -> TableIntake | None:
    """Keep what was dropped, also while its analyst looks at other pages; begin to read it at once."""
    kept: TableIntake | None = st.session_state.get(KEY)
    if dropped is None or (kept is not None and kept.file_id == dropped.file_id):
        return kept
    intake = dropped_as(dropped.name, dropped.file_id, dropped.getbuffer())
    st.session_state[KEY] = intake
    intake.check(store, intake.options)
    return intake


def _give_up() -> None:
    """Give up the file, because it was taken away or another one is there."""
    kept: TableIntake | None = st.session_state.pop(KEY, None)
    if kept is not None:
        kept.give_up_plan()


def _forget() -> None:
    """Give up the file, with an uploader that has forgotten it."""
    _give_up()
    st.session_state[FILES] = st.session_state.get(FILES, 0) + 1


def _look(store: Store, intake: TableIntake) -> None:
    """Show what the file is, and what saving it would do."""
    if intake.job is not None:
        intake.job.wait(AT_ONCE_S)
        if not intake.job.done:
            watch(intake.job)
            return
        intake.plan = intake.plan or intake.job.result
    if intake.job is not None and intake.job.problem is not None:
        say(intake.job.problem)
        if isinstance(intake.job.problem, Undecided):
            _choices(store, intake, intake.job.problem.choices)
    if intake.plan is not None:
        _preview(store, intake, intake.plan)
    columns_form.show(store, intake)


def _choices(store: Store, intake: TableIntake, choices: Mapping[str, Mapping[str, Any]]) -> None:
    """Offer the ways in which a file can be read."""
    with st.container(horizontal=True):
        for words, change in choices.items():
            options = replace(intake.options, **change)
            st.button(plain(words), on_click=intake.check, args=(store, options), key=f"choice_{words}")


def _preview(store: Store, intake: TableIntake, plan: Plan) -> None:
    said = st.container()
    if plan.remembered:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(
                f"Read as you chose for {plain(plan.remembered.file_name)} on {plan.remembered.at:%d %b %Y}."
            )
            fresh = Options(remembered=False, format=intake.options.format)
            st.button("Forget that", on_click=intake.check, args=(store, fresh), type="tertiary")
    for warning in plan.warnings[:5]:
        st.warning(plain(warning))
    if len(plan.warnings) > 5:
        with st.expander(f"{len(plan.warnings) - 5:,} more remarks"):
            for warning in plan.warnings[5:]:
                st.text(warning)
    if plan.choices:
        st.info("Some dates can be read in two ways. If you know which comes first, say so:")
        _choices(store, intake, plan.choices)
    if plan.rejected:
        _correct(intake, plan)
    with said:
        st.markdown(f"##### {plain(plan.counts.sentence())}")
        st.caption(
            plain(
                f"{intake.name}: {number_of(plan.rows, 'row')}, {preview.kind(plan)}. Nothing is saved yet."
            )
        )
        with st.container(horizontal=True):
            nothing = plan.counts.new + plan.counts.changed == 0
            st.button(
                preview.save_label(plan), type="primary", icon=":material/save:", disabled=nothing,
                on_click=intake.save, args=(store, access.user()),
            )  # fmt: skip
            st.button("Cancel", icon=":material/close:", on_click=_forget)
    if plan.sample:
        st.markdown("**As they would be saved**")
        st.dataframe(
            preview.sample(plan.sample),
            hide_index=True,
            height=preview.height(len(plan.sample)),
            alt="Rows as they would be saved",
        )


def _correct(intake: TableIntake, plan: Plan) -> None:
    """Let rejected rows be corrected in place."""
    more = plan.put_aside - len(plan.rejected)
    faults = number_of(plan.put_aside, "row")
    st.markdown(f"**{faults} with a fault.** Correct cells here; what you leave goes aside into a file.")
    key = f"intake_rejects_{intake.tries}"
    header = plan.table.header
    st.data_editor(
        preview.to_correct(plan),
        hide_index=True,
        disabled=[preview.ROW, preview.PROBLEM],
        column_config={
            preview.ROW: st.column_config.NumberColumn(width="small", pinned=True),
            preview.PROBLEM: st.column_config.TextColumn(width="large"),
            **{str(i): st.column_config.TextColumn(header[i]) for i in preview.columns_shown(plan)},
        },
        key=key,
        height=preview.height(len(plan.rejected)),
        alt="Rows that cannot be saved as they are",
    )
    edited = preview.corrections(plan, st.session_state[key]["edited_rows"])
    st.text("\n".join(preview.standing(plan, plan.correct(edited))))
    if more > 0:
        st.caption(
            f"{more:,} more rows have a fault; they go into the file, which can be corrected and imported."
        )


def _save(intake: TableIntake) -> None:
    job = intake.saving
    assert job is not None
    job.wait(AT_ONCE_S)
    if not job.done:
        watch(job)
    elif job.problem is not None:
        intake.saving = None
        say(job.problem)
        st.button("Back to the preview")
    else:
        assert job.result is not None
        intake.saved(job.result)
        st.rerun()
