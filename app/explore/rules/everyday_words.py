"""What parents type for what they look for, in Italian, English and Arabic; phrases are parted by commas."""

from app.places.rules.vocabulary import Amenity, PlaceKind

AMENITIES: dict[Amenity, str] = {
    Amenity.BABY_FEEDING: """
        allattare, allattamento, dare il latte, dare latte, dare il biberon, biberon, poppata, sala allattamento, angolo allattamento,
        allattamento al seno, allattare al seno, latte, spazio allattamento, baby pit stop, pit stop,
        breastfeeding, breastfeed, breast feeding, nursing, nursing room, feeding, feed, bottle feeding, bottle, feeding room,
        lactation room, baby feeding, feed the baby,
        رضاعة, الرضاعة الطبيعية, ارضاع, إرضاع, غرفة رضاعة, إطعام الرضيع, اطعام الرضيع, إطعام, رضاعه""",
    Amenity.CHANGING_TABLE: """
        fasciatoio, fasciatoi, cambio, cambiare, cambio pannolino, cambio pannolini, cambiare pannolino, cambiare il pannolino,
        pannolino, pannolini, cambio bebè, fasciatoio bagno, piano fasciatoio, cambiare bambino, cambiare il bambino,
        changing table, changing, change, nappy, nappies, nappy change, nappy changing, diaper, diapers, diaper change,
        diaper changing, baby change, baby changing, changing room, changing station, change a nappy, change nappy,
        تغيير حفاض, تغيير الحفاض, تغيير حفاظ, تغيير الحفاضات, طاولة تغيير, طاولة تغيير الحفاض, حفاض, حفاضات, تبديل حفاض, غيار""",
    Amenity.CHANGING_TABLE_FATHERS: """
        papà, padri, padre, papà benvenuti, anche papà, fasciatoio papà, fasciatoio per papà, fasciatoio uomini, bagno uomini fasciatoio,
        fathers, father, dads, dad, fathers welcome, fathers too, men changing table, changing table for fathers,
        آباء, الآباء, أب, للآباء, بابا""",
    Amenity.PLAY_AREA: """
        giochi, area giochi, angolo giochi, giocare, spazio giochi, play area, play corner, play, playground, toys, playroom,
        ألعاب, لعب, منطقة لعب, ركن لعب""",
    Amenity.BOTTLE_WARMER: """
        scaldabiberon, scalda biberon, scaldare biberon, scaldare il latte, scaldare latte, bottle warmer, warm bottle,
        warm milk, سخان الرضاعة, تسخين الحليب, سخان زجاجة""",
    Amenity.MICROWAVE: """
        microonde, forno a microonde, scaldare la pappa, scaldare pappa, microwave, ميكروويف, مايكروويف""",
    Amenity.WATER: "acqua, acqua potabile, fontanella, water, drinking water, ماء, ماء للشرب, مياه",
    Amenity.BABY_SCALE: """
        bilancia, bilancia neonati, pesare, pesare bambino, pesare il bambino, pesata, doppia pesata, scale, baby scale, weigh,
        weigh baby, ميزان, وزن الرضيع, ميزان رضع""",
    Amenity.BREAST_PUMP_HIRE: """
        tiralatte, noleggio tiralatte, tira latte, breast pump, pump, pump hire, مضخة الحليب, شفاط, شفاط حليب, مضخة""",
    Amenity.STROLLER: """
        passeggino, carrozzina, passeggini, posto passeggino, stroller, strollers, pushchair, pushchairs, pram, buggy,
        عربة, عربة أطفال, عربة الأطفال""",
    Amenity.TOILETS: "bagno, bagni, toilette, gabinetto, wc, servizi igienici, toilet, toilets, restroom, loo, bathroom, حمام, مرحاض, دورة مياه",
    Amenity.STEP_FREE: """
        senza gradini, senza scalini, senza barriere, accessibile, disabili, sedia a rotelle, carrozzella, accessibilità,
        step free, step-free, wheelchair, accessible, no steps, بدون درج, كرسي متحرك, بدون درجات""",
    Amenity.PRIVACY: """
        privacy, riservato, tranquillo, appartato, angolo riservato, spazio riservato, private, quiet, private corner,
        private room, خصوصية, مكان خاص, مكان هادئ""",
    Amenity.NO_PURCHASE: """
        gratis, gratuito, gratuitamente, senza acquisto, senza comprare, senza consumazione, senza obbligo di acquisto,
        free, no purchase, free of charge, without buying, مجاني, مجانا, مجانًا, بدون شراء""",
}  # fmt: skip
BOTH: dict[tuple[Amenity, ...], str] = {
    (Amenity.BABY_FEEDING, Amenity.CHANGING_TABLE): """
        nursery, baby room, stanza bebè, sala mamma bambino, stanza allattamento e cambio, family room, parents room,
        parent room, allattare e cambiare, feed and change, غرفة الأم والطفل, غرفة العائلة""",
}  # fmt: skip
KINDS: dict[PlaceKind, str] = {
    PlaceKind.PHARMACY: "farmacia, farmacie, pharmacy, pharmacies, chemist, صيدلية, صيدليات",
    PlaceKind.BOOKSHOP: "libreria, librerie, bookshop, bookshops, bookstore, مكتبة بيع الكتب, متجر كتب",
    PlaceKind.CAFE: "bar, caffè, bistrot, bistro, caffetteria, ristorante, cafe, café, coffee, coffee shop, restaurant, مقهى, مطعم, كافيه",
    PlaceKind.SHOP: "negozio, negozi, bottega, shop, shops, store, متجر, محل",
    PlaceKind.MEDICAL: "poliambulatorio, ambulatorio, pediatra, medico, centro medico, medical centre, doctor, clinic, paediatrician, طبيب, عيادة, مركز طبي",
    PlaceKind.ADVICE_CENTRE: "consultorio, consultori, consultorio familiare, ostetrica, family advice centre, advice centre, midwife, قابلة, مركز استشارات",
    PlaceKind.LIBRARY: "biblioteca, biblioteche, library, libraries, مكتبة, مكتبة عامة",
    PlaceKind.ASSOCIATION: "associazione, associazioni, association, charity, جمعية",
    PlaceKind.COMMUNITY_SPACE: "spazio di comunità, centro per famiglie, centro famiglie, ludoteca, community space, community centre, family centre, مركز مجتمعي",
    PlaceKind.PUBLIC_SERVICE: "sportello, servizio pubblico, public service, خدمة عامة",
}  # fmt: skip
OPEN = "aperto, aperti, aperta, aperto ora, aperti ora, adesso, ora, open, open now, now, مفتوح, مفتوح الآن, الآن"
ISLAND = "isola, isole, isola di wendy, isole di wendy, wendy, island, islands, wendy island, جزيرة"
BETWEEN = (
    "a al alla alle allo con e ed o in di da dei del della delle dello il lo la le gli i un una per anche vicino"
    " with and or at in of the a an for to too near nearby me my where dove posso can i qui here"
    " مع و في من إلى قرب بالقرب مني أين على"
)
