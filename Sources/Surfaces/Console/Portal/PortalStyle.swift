extension Assets {
    /// Forms of the portal that stand in columns. A line of a shipment shows once the one before it is filled in.
    static let portalStyle = #"""
        .announce .form{grid-template-columns:minmax(0,1fr) 9rem;max-width:46rem;margin-top:.9rem}
        .announce .form>*{grid-column:1/-1}
        .announce .form>.field:has([name^=sku_]){grid-column:1}.announce .form>.field:has([name^=quantity_]){grid-column:2}
        .measures .form{grid-template-columns:repeat(6,minmax(0,1fr));max-width:46rem}
        .measures .form>*{grid-column:1/-1}
        .measures .form>.field:is(:has([name=length]),:has([name=width]),:has([name=height]),.check){grid-column:span 2}
        .measures .form>.field:is(:has([name=hs_code]),:has([name=origin])){grid-column:span 3}

        """# + (1..<PortalInbound.lines).map { line in
        """
        .announce:not(:has([name=sku_\(line - 1)] option:not([value=""]):checked)) .field:has([name=sku_\(line)],[name=quantity_\(line)]),
        """
    }.joined() + ".announce .none{display:none}\n"
}
