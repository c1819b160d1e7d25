import Claims
import Drops
import Exceptions
import Facilities
import Identity
import Inventory
import Kernel
import Merchants
import Orders
import Partners
import Returns
import Sourcing
import Store
import Transport
import Views
import Warehouse
import Webhooks

/// A small network whose books agree: merchant 1 sells SKUs 11 and 12 from site 21, and eleven orders (201 to 211) stand
/// at every stage of the journey. Of order 207 the lid came back under return 21.
enum SampleBooks {
    static let migrations =
        IdentitySchema.migrations + MerchantsSchema.migrations + FacilitiesSchema.migrations + InventorySchema.migrations
        + OrdersSchema.migrations + WarehouseSchema.migrations + TransportSchema.migrations + ReturnsSchema.migrations
        + ExceptionsSchema.migrations + PartnersSchema.migrations + SourcingSchema.migrations + DropsSchema.migrations
        + ClaimsSchema.migrations
        + WebhooksSchema.migrations + ViewsSchema.migrations

    static func fill(_ stepper: Stepper) throws {
        try stepper.perform(InPlace { try text.insert(in: $0) })
    }

    static var text: TextTables { TextTables(network + books + orders + parcels + partners + returns + log) }

    /// Bin 31, dock 32 (sellable, not pickable), holds 33 and 34. The book was closed after movement 1003.
    private static let network = """
        merchant: id code name currency created_at
        1 shop Shop EUR 0
        sku: id merchant code name created_at
        11 1 mug Mug 0
        12 1 lid Lid 0
        location: id site parent kind code walk pickable sellable
        31 21 - bin A1 1 1 1
        32 21 - dock D1 0 0 1
        33 21 - hold H1 0 0 0
        34 21 - hold H2 0 0 0

        """

    private static let books = """
        movement: id sku quantity from_kind from_place to_kind to_place to_condition reason
            all owner=1 lot=0 site=21 from_condition=new from_customs=free to_customs=free reference=0 actor=a occurred_at=0
            all recorded_at=0
        1001 11 60 supplier 0 location 31 new opening
        1002 11 10 supplier 0 location 32 new receive
        1003 11 5 supplier 0 location 33 damaged opening
        1004 12 9 supplier 0 location 31 new opening
        1005 11 10 location 31 unit 61 new pick
        1006 12 1 location 31 unit 61 new pick
        1007 11 1 unit 61 unit 71 new pack
        1008 11 1 unit 61 unit 72 new pack
        1009 11 1 unit 61 unit 73 new pack
        1010 11 2 unit 61 unit 74 new pack
        1011 12 1 unit 61 unit 74 new pack
        1012 11 1 unit 61 unit 75 new pack
        1013 11 1 unit 61 unit 76 new pack
        1014 11 1 unit 61 unit 77 new pack
        1015 11 2 unit 74 shopper 0 new deliver
        1016 12 1 unit 74 shopper 0 new deliver
        1017 11 1 unit 75 lost 0 new loss
        1018 12 1 shopper 0 location 34 unknown come_back
        movement_serial: movement serial
        1013 S1
        serial: sku serial state parcel movement
            all owner=1 site=21 since=0
        11 S1 in_parcel 76 1013
        book_close: id state as_of upto last_movement movements started_at closed_at
        1 closed 0 1003 1003 3 0 0
        book_balance: place condition on_hand
            all owner=1 sku=11 lot=0 place_kind=location customs=free
        31 new 60
        32 new 10
        33 damaged 5
        stock: id sku place_kind place condition sellable pickable on_hand allocated
            all owner=1 lot=0 site=21 customs=free
        501 11 location 31 new 1 1 50 3
        502 11 location 32 new 1 0 10 0
        503 11 location 33 damaged 0 0 5 0
        504 12 location 31 new 1 1 8 0
        505 11 unit 61 new 0 0 2 0
        506 11 unit 71 new 0 0 1 0
        507 11 unit 72 new 0 0 1 0
        508 11 unit 73 new 0 0 1 0
        509 11 unit 76 new 0 0 1 0
        510 11 unit 77 new 0 0 1 0
        511 12 location 34 unknown 0 0 1 0
        supply: id sku pool kind source sellable held reserved short
            all owner=1 site=21 available_from=0
        601 11 main on_hand 0 55 2 4 0
        602 11 drop on_hand 0 5 0 0 0
        603 12 main on_hand 0 8 0 0 0
        604 11 main inbound 91 15 0 1 0
        605 11 main partner 0 3 0 0 0
        hold: id owner pool purpose reference expires_at created_at state
        651 1 main checkout c1 0 0 active
        652 1 main checkout c2 0 0 expired
        hold_claim: hold supply sku quantity active
        651 601 11 2 1
        652 601 11 4 0
        pool: id merchant code kind then_main held_only state created_at
        681 1 drop drop 0 0 open 0
        pool_move: id owner sku site kind source from_pool to_pool quantity reason actor moved_at
        691 1 11 21 on_hand 0 main drop 5 quota tests 0
        ticket: id merchant line pool sku shopper quantity in_window place hold_micros state taken_at changed_at
        695 1 0 main 11 s 1 0 1 60 waiting 0 0
        asn: id merchant site number state expected_at created_at
        91 1 21 asn-1 receiving 0 0
        92 1 21 asn-2 closed 0 0
        asn_line: id asn sku expected received
        911 91 11 20 5
        912 92 12 9 7
        reservation: id supply order_id component fulfillment_line quantity state
            all owner=1 sku=11 site=21 due=0 created_at=0 block=1
        701 601 201 401 801 1 active
        702 604 201 401 801 1 active
        703 601 202 402 802 3 allocated
        704 601 203 403 803 2 consumed
        705 601 211 411 811 1 released
        allocation: id reservation fulfillment_line stock quantity state
        751 703 802 501 3 open
        752 704 803 501 2 picked
        shortage: id order_id component outcome closed_at
            all owner=1 sku=11 quantity=2 kind=backorder opened_at=0 deadline=0 owner_role=merchant
        771 201 401 - -
        772 203 403 filled 1

        """

    private static let orders = """
        orders: id number state items_minor discount_minor shipping_minor tax_minor total_minor
            all merchant=1 channel=api content_hash=h way=place payment=paid currency=EUR destination_kind=address country=DE
            all region=x district=x city=x postal_area=x placed_at=0 recorded_at=0 sourcing=x
        201 n1 open 400 40 5 8 373
        202 n2 open 300 0 0 0 300
        203 n3 open 200 0 0 0 200
        204 n4 open 100 0 0 0 100
        205 n5 open 100 0 0 0 100
        206 n6 shipped 100 0 0 0 100
        208 n8 lost 100 0 0 0 100
        209 n9 returned 100 0 0 0 100
        210 n10 cancelled 100 0 0 0 100
        211 n11 cancelled 100 0 0 0 100
        orders: id number state items_minor discount_minor shipping_minor tax_minor total_minor refunded_minor
            all merchant=1 channel=api content_hash=h way=place payment=paid currency=EUR destination_kind=address country=DE
            all region=x district=x city=x postal_area=x placed_at=0 recorded_at=0 sourcing=x
        207 n7 delivered 250 50 0 7 207 52
        order_line: id order_id quantity unit_price items_minor discount_minor shipping_minor tax_minor
            all position=0 sku=11
        301 201 4 100 400 40 5 8
        302 202 3 100 300 0 0 0
        303 203 2 100 200 0 0 0
        304 204 1 100 100 0 0 0
        305 205 1 100 100 0 0 0
        306 206 1 100 100 0 0 0
        307 207 1 250 250 50 0 7
        308 208 1 100 100 0 0 0
        309 209 1 100 100 0 0 0
        310 210 1 100 100 0 0 0
        311 211 1 100 100 0 0 0
        order_component: id order_id line sku per_line ordered price_minor tax_minor waiting reserved picked packed
            all merchant=1
        401 201 301 11 1 4 360 8 2 2 0 0
        402 202 302 11 1 3 300 0 0 3 0 0
        403 203 303 11 1 2 200 0 0 0 2 0
        404 204 304 11 1 1 100 0 0 0 0 1
        405 205 305 11 1 1 100 0 0 0 0 1
        order_component: id order_id line sku per_line ordered price_minor tax_minor shipped delivered returned lost cancelled
            all merchant=1
        406 206 306 11 1 1 100 0 1 0 0 0 0
        407 207 307 11 2 2 150 5 0 2 0 0 0
        408 208 308 11 1 1 100 0 0 0 0 1 0
        409 209 309 11 1 1 100 0 0 0 1 0 0
        410 210 310 11 1 1 100 0 0 0 0 0 1
        411 211 311 11 1 1 100 0 0 0 0 0 1
        order_component: id order_id line sku per_line ordered price_minor tax_minor returned refunded
            all merchant=1
        417 207 307 12 1 1 50 2 1 1
        fulfillment_order: id order_id state
            all merchant=1 site=21 purpose=sale service=51 available_from=0 release_by=0 ship_by=0 deliver_by=0
            all shipping_minor=0 handling_minor=0 created_at=0
        251 201 open
        252 202 released
        253 203 picked
        254 204 packed
        255 205 packed
        256 206 shipped
        257 207 closed
        258 208 closed
        259 209 closed
        260 210 cancelled
        261 211 cancelled
        fulfillment_line: id fulfillment_order order_id component sku quantity picked packed
        801 251 201 401 11 2 0 0
        802 252 202 402 11 3 0 0
        803 253 203 403 11 2 2 0
        804 254 204 404 11 1 1 1
        805 255 205 405 11 1 1 1
        806 256 206 406 11 1 1 1
        807 257 207 407 11 2 2 2
        817 257 207 417 12 1 1 1
        808 258 208 408 11 1 1 1
        809 259 209 409 11 1 1 1
        810 260 210 410 11 1 1 1
        811 261 211 411 11 1 0 0
        task: id state fulfillment_order fulfillment_line allocation sku from_place to_place quantity done
            all kind=pick site=21 owner=1 lot=0 from_kind=location to_kind=unit walk=1 created_at=0
        851 open 252 802 751 11 31 0 3 0
        852 short 253 803 752 11 31 61 4 2
        854 done 254 804 0 11 31 61 1 1
        855 done 255 805 0 11 31 61 1 1
        857 done 257 807 0 11 31 61 2 2
        867 done 257 817 0 12 31 61 1 1
        858 done 258 808 0 11 31 61 1 1
        859 done 259 809 0 11 31 61 1 1
        860 done 260 810 0 11 31 61 1 1
        861 cancelled 261 811 0 11 31 0 1 0
        task: id kind site state fulfillment_order owner sku lot from_kind from_place to_kind to_place quantity done
            all walk=1 created_at=0
        870 unpick 21 open 260 1 11 0 unit 77 location 0 1 0
        871 unpick 21 done 260 1 11 0 unit 77 location 31 5 5
        872 putaway 21 open 0 1 11 0 location 32 location 0 5 0

        """

    private static let parcels = """
        handling_unit: id kind code
            all site=21 created_at=0
        61 tote LP61
        65 bag LP65
        67 trailer TR67
        68 trailer TR68
        71 parcel S71
        72 parcel S72
        73 parcel S73
        74 parcel S74
        75 parcel S75
        76 parcel S76
        77 parcel S77
        parcel: id fulfillment_order order_id state pull at_site left_at
            all merchant=1 site=21 service=51 piece=1 pieces=1 length_mm=1 width_mm=1 height_mm=1 expected_g=1 fill_ppm=0
            all ship_by=0 deliver_by=0 packed_at=0
        71 254 204 packed 0 21 -
        72 255 205 labelled 0 21 -
        73 256 206 attempted 0 - 9
        74 257 207 delivered 0 - 9
        75 258 208 lost 0 - 9
        76 259 209 returned 0 21 9
        77 260 210 voided 1 21 -
        parcel_item: id parcel order_id component sku quantity
            all owner=1 lot=0
        901 71 204 404 11 1
        902 72 205 405 11 1
        903 73 206 406 11 1
        904 74 207 407 11 2
        905 74 207 417 12 1
        906 75 208 408 11 1
        908 77 210 410 11 1
        parcel_item: id parcel order_id component sku quantity serial
            all owner=1 lot=0
        907 76 209 409 11 1 S1
        label: id parcel number state
            all issuer=courier leg=last_mile service=51
        951 71 - requested
        952 72 T72 current
        953 73 T73 current
        954 74 T74 current
        955 75 T75 current
        956 76 T76 current
        957 77 T77 voided
        958 72 T72b voided
        custody: unit sequence holder_kind holder from_at until_at
        61 0 site 21 0 -
        65 0 site 21 0 -
        67 0 site 21 0 10
        67 1 carrier 41 10 -
        68 0 site 21 0 10
        68 1 carrier 41 10 20
        68 2 site 22 20 -
        71 0 site 21 5 -
        72 0 site 21 6 8
        73 0 site 21 5 6
        73 1 carrier 41 9 -
        74 0 site 21 5 9
        74 1 carrier 41 9 20
        74 2 shopper 0 20 -
        75 0 site 21 5 9
        75 1 carrier 41 9 -
        76 0 site 21 5 9
        76 1 carrier 41 9 30
        76 2 site 21 30 -
        77 0 site 21 5 -
        containment: child sequence parent from_at until_at
        72 0 61 5 6
        72 1 65 8 -
        73 0 65 6 9
        bag: unit site lane destination state opened_at
        65 21 81 22 open 0
        lane: id origin destination service mode
            all transit_minutes=0 from_day=0 until_day=9
        82 21 - 51 road
        trip: id state trailer departs_at departed_at arrived_at
            all lane=81 origin=21 destination=22 carrier=41 service=51 cut_off_at=0 arrives_at=99
        96 departed 67 10 10 -
        97 reconciled 68 11 10 20
        98 planned - 12 - -

        """

    /// What a partner sent of order 206, after it had reported four mugs.
    private static let partners = """
        partner_agreement: id site merchant currency
            all accept_minutes=1 cancel_minutes=1 report_minutes=1 late_acceptance=0 late_shipment=300 late_report=0
            all rejected_unit=0 short_unit=0 from_day=0 until_day=9 created_at=0
        961 21 1 EUR
        handoff: fulfillment_order merchant order_id site state
            all sent_at=1 accept_by=2 ship_by=3 deliver_by=4
        256 1 206 21 shipped
        handoff_line: id fulfillment_order component sku asked shipped
        806 256 406 11 1 1
        handoff_fact: id fulfillment_order line site merchant order_id sku kind quantity takes_stock parcel occurred_at
            all reason=x recorded_at=9
        971 256 806 21 1 206 11 shipped 1 1 73 9
        partner_stock: site sku owner reported as_of
        21 11 1 4 0
        partner_penalty: id agreement site merchant fulfillment_order kind units amount currency occurred_at
        981 961 21 1 256 late_shipment 1 300 EUR 9

        """

    private static let returns = """
        rma: id number state received_at closed_at
            all merchant=1 order_id=207 kind=request content_hash=h resolution=refund method=drop_off refund_on=receipt site=21
            all currency=EUR terms={} items_minor=50 tax_minor=2 shipping_minor=0 fee_minor=0 label_minor=0 requested_at=0
        21 r1 received 30 -
        22 r2 expired - -
        rma_item: id rma component sku announced received missing withdrawn granted
            all order_id=207 parcel=74 lot=0 reason=damaged
        221 21 417 12 1 1 0 0 1
        222 22 407 11 2 0 0 2 0
        returned_goods: id rma item sku quantity finding state condition
            all owner=1 site=21 location=34 lot=0 received_at=30
        231 21 221 12 1 as_announced received unknown
        refund: id rma state amount_minor
            all merchant=1 order_id=207 refund_on=receipt currency=EUR items_minor=50 tax_minor=2 shipping_minor=0 fee_minor=0
            all label_minor=0 due_by=0 created_at=0
        241 21 due 52
        refund_item: refund item order_id component quantity
        241 221 207 417 1

        """

    /// Partition 0 has read all there is, partition 1 not yet the last event.
    private static let log = """
        event: seq partition_number key
            all tx=0 type=order.placed version=1 occurred_at=0 recorded_at=0 actor=a payload={}
        1 0 ord_a
        2 1 ord_b
        3 0 ord_c
        follower_cursor: follower partition_number tx seq node fence lease_until
        steps 0 0 3 - 1 0
        steps 1 0 3 - 1 0
        clock: id kind source subject due run_at payload outcome created_at closed_at
        31 order.promised promise 201 1795248000000001 1795248000000001 {} - 0 -
        32 order.promised promise 207 0 0 {} met 0 1
        outbox: id kind subject payload state due created_at closed_at
        41 label.buy 951 {} waiting 1795248000000000 0 -
        42 label.buy 952 {} done 0 0 1
        """
}
