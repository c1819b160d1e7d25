/// A small folder that is good, and what may be changed in it.
enum SampleFiles {
    static let all = [
        "merchants.csv": """
            code,name,currency
            acme,Acme & Co,EUR
            beta,"Beta, Ltd.",JPY

            """,
        "skus.csv": """
            merchant,sku,name,length_mm,width_mm,height_mm,weight_g,fragile,hs_code,origin,value_minor,lot_tracked,un_number,\
            dg_class,battery,battery_mwh
            acme,MUG,A mug,100,90,80,350,yes,6912.00,DE,450,,,,,
            acme,CREAM,A cream,60,60,120,180,,3304.99,FR,900,1,,,,
            beta,PHONE,A phone,160,80,10,190,1,8517.13,CN,39800,0,3481,9,lithium_ion_contained_in,15400

            """,
        "barcodes.csv": """
            merchant,sku,barcode,level,units
            acme,MUG,4006381333931,,
            acme,MUG,MUG-CASE,case,12
            acme,MUG,14006381333938,case,12
            beta,PHONE,4006381333931,,

            """,
        "stock.csv": """
            merchant,sku,site,location,quantity,lot,expires
            acme,MUG,BER,A-01,10,,
            acme,CREAM,BER,A-01,5,L1,2027-03-01
            acme,CREAM,BER,A-02,7,L2,2027-06-01
            beta,PHONE,BER,A-02,3,,

            """,
        "orders.csv": """
            merchant,number,placed_at,currency,country,region,city,postal_code,latitude,longitude,name,street,phone,total_minor
            acme,1001,2026-11-20T08:00:00Z,EUR,DE,BE,Berlin,10115,52.53,13.38,Ada Byron,Torstr. 1|Hof,+49 30 1,2890
            acme,1002,2026-11-20T09:00:00+01:00,EUR,FR,,Paris,75011,,,,,,
            beta,1001,2026-11-20T08:00:00Z,JPY,JP,13,Tokyo,100-0001,35.68,139.76,Alan,1-1,,160000

            """,
        "order_lines.csv": """
            merchant,number,sku,quantity,unit_price_minor,discount_minor,shipping_minor,tax_minor,channel_unit
            acme,1001,MUG,2,1000,100,490,0,u1
            acme,1001,CREAM,1,500,0,0,0,
            acme,1002,MUG,9,900,,,,
            beta,1001,PHONE,4,40000,,,,

            """,
    ]

    /// The files with one text put in place of another.
    static func with(_ file: String, _ text: String, _ replacement: String) -> [String: String] {
        var files = all
        files[file] = all[file]?.replacing(text, with: replacement)
        return files
    }
}
