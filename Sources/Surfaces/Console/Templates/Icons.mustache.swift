extension Templates {
    /// One drawing a station, 24 × 24, drawn in lines of the current colour.
    static let icons = #"""
        <svg class="hidden" aria-hidden="true">
        <symbol id="icon-shop" viewBox="0 0 24 24"><path d="M5 8h14l1 12H4z M9 10V7a3 3 0 0 1 6 0v3"/></symbol>
        <symbol id="icon-order" viewBox="0 0 24 24"><path d="M6 3h12v18l-3-2-3 2-3-2-3 2z M9 8h6 M9 12h6"/></symbol>
        <symbol id="icon-reserve" viewBox="0 0 24 24"><path d="M7 4h10v16l-5-4-5 4z"/></symbol>
        <symbol id="icon-release" viewBox="0 0 24 24"><path d="M6 5h12v16H6z M9 3h6v4H9z M9 12l2 2 4-4"/></symbol>
        <symbol id="icon-pick" viewBox="0 0 24 24"><path d="M3 5h3l2 10h10l2-7H7"/><circle cx="9" cy="19" r="1.5"/>
        <circle cx="17" cy="19" r="1.5"/></symbol>
        <symbol id="icon-pack" viewBox="0 0 24 24"><path d="M4 8l8-4 8 4v9l-8 4-8-4z M4 8l8 4 8-4 M12 12v9"/></symbol>
        <symbol id="icon-label" viewBox="0 0 24 24"><path d="M4 6h16v12H4z M7 9v6 M10 9v6 M12 9v6 M15 9v6 M17 9v6"/></symbol>
        <symbol id="icon-handover" viewBox="0 0 24 24"><path d="M4 20V10l8-5 8 5v10 M8 20v-7h8v7 M8 16h8"/></symbol>
        <symbol id="icon-hub" viewBox="0 0 24 24"><circle cx="12" cy="12" r="3"/><circle cx="5" cy="5" r="2"/>
        <circle cx="19" cy="5" r="2"/><circle cx="5" cy="19" r="2"/><circle cx="19" cy="19" r="2"/>
        <path d="M6.5 6.5l3.3 3.3 M17.500 6.500l-3.300 3.300 M6.500 17.500l3.300-3.300 M17.500 17.500l-3.300-3.300"/></symbol>
        <symbol id="icon-courier" viewBox="0 0 24 24"><path d="M2 7h11v9H2z M13 10h4l4 3v3h-8z"/><circle cx="7" cy="17.5" r="2"/>
        <circle cx="17" cy="17.5" r="2"/></symbol>
        <symbol id="icon-door" viewBox="0 0 24 24"><path d="M3 11l9-7 9 7 M5 10v10h14V10 M10 20v-6h4v6"/></symbol>
        </svg>
        """#
}
