/// All pages of the console. A new page is a line here: see docs/add-a-page.md.
enum Pages {
    static func all(_ parts: ConsoleParts) -> [Page] {
        [
            TowerPages().pages,
            OrdersPages().pages,
            SupportPages().pages,
            UnitPages().pages,
            TripPages().pages,
            CarriersPages().pages,
            PortalPages().pages,
            DisputePages().pages,
            ClaimPages().pages,
            ShopperPages().pages,
            FloorPages().pages,
            ShiftPages().pages,
            WavePages().pages,
            PartnerPages().pages,
            DriverPages().pages,
            StockPages().pages,
            InboundPages().pages,
            ReturnsPages().pages,
            ExceptionsPages().pages,
            PlannerPages().pages,
            RehearsalPages(desk: parts.rehearsals).pages,
            MerchantsPages().pages,
            SitesPages().pages,
            ActsPages().pages,
            SearchPages().pages,
            AccountPages().pages,
            OwnAccountPages().pages,
            SignInPages(parts: parts).pages,
            LivePages().pages,
        ].flatMap(\.self)
    }
}
