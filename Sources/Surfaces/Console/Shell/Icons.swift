extension Assets {
    static let markDrawing = #"""
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="8" fill="#0f766e"/><path
        d="M7 10l4 12 5-9 5 9 4-12" fill="none" stroke="#fff" stroke-width="3" stroke-linecap="round" stroke-linejoin="round"/></svg>
        """#

    /// Drawings 24 × 24, in lines of the current colour.
    static let iconSprite = #"""
        <svg xmlns="http://www.w3.org/2000/svg">
        <symbol id="mark" viewBox="0 0 32 32"><rect width="32" height="32" rx="8" fill="#0f766e"/><path
        d="M7 10l4 12 5-9 5 9 4-12" fill="none" stroke="#fff" stroke-width="3" stroke-linecap="round" stroke-linejoin="round"/></symbol>
        <symbol id="menu" viewBox="0 0 24 24"><path d="M4 7h16M4 12h16M4 17h16"/></symbol>
        <symbol id="search" viewBox="0 0 24 24"><circle cx="11" cy="11" r="6"/><path d="M20 20l-4.500-4.500"/></symbol>
        <symbol id="theme" viewBox="0 0 24 24"><circle cx="12" cy="12" r="8"/><path d="M12 4a8 8 0 0 1 0 16z" fill="currentColor"/></symbol>
        <symbol id="out" viewBox="0 0 24 24"><path d="M14 4H6v16h8M10 12h11M17 8l4 4-4 4"/></symbol>
        <symbol id="person" viewBox="0 0 24 24"><circle cx="12" cy="8" r="4"/><path d="M4 21c0-5 4-7 8-7s8 2 8 7"/></symbol>
        <symbol id="people" viewBox="0 0 24 24"><circle cx="9" cy="8" r="3.500"/><path d="M2 20c0-4 3-6 7-6s7 2 7 6M16 5a3.500 3.500 0
        0 1 0 7M18 14c3 .5 4 3 4 6"/></symbol>
        <symbol id="tower" viewBox="0 0 24 24"><path d="M3 20h18M5 20V10M10 20V4M15 20v-7M20 20V8"/></symbol>
        <symbol id="alert" viewBox="0 0 24 24"><path d="M12 4l9 16H3z M12 10v4 M12 17v.5"/></symbol>
        <symbol id="settings" viewBox="0 0 24 24"><path d="M4 7h10M18 7h2M4 17h2M10 17h10"/><circle cx="16" cy="7" r="2"/><circle
        cx="8" cy="17" r="2"/></symbol>
        <symbol id="log" viewBox="0 0 24 24"><path d="M5 4h14v16H5z M9 8h6M9 12h6M9 16h3"/></symbol>
        <symbol id="stock" viewBox="0 0 24 24"><path d="M3 20V9l9-5 9 5v11M7 20v-8h10v8M7 16h10"/></symbol>
        <symbol id="inbound" viewBox="0 0 24 24"><path d="M4 14v6h16v-6M12 3v11M8 10l4 4 4-4"/></symbol>
        <symbol id="wave" viewBox="0 0 24 24"><path d="M3 8c3-3 6-3 9 0s6 3 9 0M3 15c3-3 6-3 9 0s6 3 9 0"/></symbol>
        <symbol id="task" viewBox="0 0 24 24"><path d="M5 4h14v16H5z M9 12l2 2 4-4"/></symbol>
        <symbol id="parcel" viewBox="0 0 24 24"><path d="M4 8l8-4 8 4v9l-8 4-8-4z M4 8l8 4 8-4 M12 12v9"/></symbol>
        <symbol id="trip" viewBox="0 0 24 24"><path d="M2 7h11v9H2z M13 10h4l4 3v3h-8z"/><circle cx="7" cy="17.500" r="2"/><circle
        cx="17" cy="17.500" r="2"/></symbol>
        <symbol id="return" viewBox="0 0 24 24"><path d="M9 6L4 11l5 5M4 11h10a6 6 0 0 1 6 6v2"/></symbol>
        <symbol id="money" viewBox="0 0 24 24"><path d="M3 6h18v12H3z"/><circle cx="12" cy="12" r="3"/></symbol>
        <symbol id="key" viewBox="0 0 24 24"><circle cx="8" cy="12" r="4"/><path d="M12 12h9M18 12v4"/></symbol>
        <symbol id="hook" viewBox="0 0 24 24"><circle cx="7" cy="17" r="3"/><circle cx="17" cy="17" r="3"/><circle cx="12" cy="7"
        r="3"/><path d="M10.500 9.500L8 14M13.500 9.500L16 14M10 17h4"/></symbol>
        <symbol id="chart" viewBox="0 0 24 24"><path d="M3 20h18M4 16l5-6 4 3 7-9"/></symbol>
        <symbol id="scan" viewBox="0 0 24 24"><path d="M4 8V4h4M16 4h4v4M20 16v4h-4M8 20H4v-4M4 12h16"/></symbol>
        <symbol id="count" viewBox="0 0 24 24"><path d="M5 5v14M9 5v14M13 5v14M17 5v14M3 15L20 8"/></symbol>
        <symbol id="help" viewBox="0 0 24 24"><circle cx="12" cy="12" r="9"/><path d="M9.500 9.500a2.500 2.500 0 1 1 3.500 2.500c-1
        .5-1 1-1 2M12 17v.5"/></symbol>
        <symbol id="map" viewBox="0 0 24 24"><path d="M3 6l6-2 6 2 6-2v14l-6 2-6-2-6 2z M9 4v14 M15 6v14"/></symbol>
        <symbol id="plan" viewBox="0 0 24 24"><path d="M4 5h16v15H4z M4 9h16 M8 3v4 M16 3v4"/></symbol>
        <symbol id="site" viewBox="0 0 24 24"><path d="M12 21c5-6 7-9 7-12a7 7 0 0 0-14 0c0 3 2 6 7 12z"/><circle cx="12" cy="9"
        r="2.500"/></symbol>
        \#(stations)
        </svg>
        """#

    /// One drawing a station of the journey.
    private static let stations = #"""
        <symbol id="shop" viewBox="0 0 24 24"><path d="M5 8h14l1 12H4z M9 10V7a3 3 0 0 1 6 0v3"/></symbol>
        <symbol id="order" viewBox="0 0 24 24"><path d="M6 3h12v18l-3-2-3 2-3-2-3 2z M9 8h6 M9 12h6"/></symbol>
        <symbol id="reserve" viewBox="0 0 24 24"><path d="M7 4h10v16l-5-4-5 4z"/></symbol>
        <symbol id="release" viewBox="0 0 24 24"><path d="M6 5h12v16H6z M9 3h6v4H9z M9 12l2 2 4-4"/></symbol>
        <symbol id="pick" viewBox="0 0 24 24"><path d="M3 5h3l2 10h10l2-7H7"/><circle cx="9" cy="19" r="1.500"/><circle cx="17" cy="19"
        r="1.500"/></symbol>
        <symbol id="pack" viewBox="0 0 24 24"><path d="M4 8l8-4 8 4v9l-8 4-8-4z M4 8l8 4 8-4 M12 12v9"/></symbol>
        <symbol id="label" viewBox="0 0 24 24"><path d="M4 6h16v12H4z M7 9v6 M10 9v6 M12 9v6 M15 9v6 M17 9v6"/></symbol>
        <symbol id="handover" viewBox="0 0 24 24"><path d="M4 20V10l8-5 8 5v10 M8 20v-7h8v7 M8 16h8"/></symbol>
        <symbol id="hub" viewBox="0 0 24 24"><circle cx="12" cy="12" r="3"/><circle cx="5" cy="5" r="2"/><circle cx="19" cy="5"
        r="2"/><circle
        cx="5" cy="19" r="2"/><circle cx="19" cy="19" r="2"/><path d="M6.500 6.500l3.300 3.300 M17.500 6.500l-3.300 3.300 M6.500
        17.500l3.300-3.300
        M17.500 17.500l-3.300-3.300"/></symbol>
        <symbol id="courier" viewBox="0 0 24 24"><path d="M2 7h11v9H2z M13 10h4l4 3v3h-8z"/><circle cx="7" cy="17.500" r="2"/><circle
        cx="17"
        cy="17.500" r="2"/></symbol>
        <symbol id="door" viewBox="0 0 24 24"><path d="M3 11l9-7 9 7 M5 10v10h14V10 M10 20v-6h4v6"/></symbol>
        """#
}
