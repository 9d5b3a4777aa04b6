import { record, type CatalogueRecord } from './record.ts';

/** Records that the invented person hears and does not own, in the letters and accents that a real history is full of. */
export const heardElsewhere: CatalogueRecord[] = [
  record(
    { artist: 'Sørlig Bris', title: 'Kyststi', year: 2009, genre: 'Folk', support: null },
    'Kyststi | Måker på nattskift | Ærlig talt, Øyvind | Brygge i tåke | Siste båt | Fjære sjø',
  ),
  record(
    { artist: 'Świetlica Północ', title: 'Pociąg do Łęgów', year: 1992, genre: 'Rock', support: null },
    'Peron trzeci | Pociąg do Łęgów | Żółta lampa | Herbata z termosu | Źle słychać | Bilet powrotny',
  ),
  record(
    { artist: 'Тихая Гавань', title: 'Северный причал', year: 1988, genre: 'Rock', support: null },
    'Северный причал | Чайник на двоих | Последний трамвай | Снег идёт вверх | Ёлка в марте | Маяк выключен',
  ),
  record(
    { artist: '灯台守クラブ', title: '霧の時刻表', year: 1982, genre: 'Electronic', support: null },
    '霧の時刻表 | 終点ひとつ手前 | 雨宿り | ラムネと電波 | 灯台守のワルツ | おやすみ、岬',
  ),
  record(
    { artist: 'Κύμα Εννέα', title: 'Μικρά λιμάνια', year: 1997, genre: 'Folk', support: null },
    'Μικρά λιμάνια | Αλμυρό ψωμί | Το καΐκι του θείου | Μεσημέρι χωρίς σκιά | Φεγγάρι στο μόλο',
  ),
  record(
    { artist: 'Günışığı Bandosu', title: 'Isınan Taşlar', year: 1976, genre: 'Rock', support: null },
    'Isınan Taşlar | Çay Bahçesi | İncir Ağacı | Şoförün Radyosu | Yağmur Gecikti | Vapur Düdüğü',
  ),
  record(
    { artist: 'Hægláti Þórður', title: 'Ljós í fjósi', year: 2013, genre: 'Ambient', support: null },
    'Ljós í fjósi | Þoka á heiðinni | Ævintýri um ullarsokka | Fimm kindur | Góða nótt, Öræfi',
  ),
  record(
    { artist: 'Đêm Bên Sông', title: 'Mưa Trên Mái Tôn', year: 2016, genre: 'Folk', support: null },
    'Mưa Trên Mái Tôn | Đò Cuối | Cà Phê Sữa Đá Lúc Ba Giờ | Chợ Nổi | Ngủ Đi, Dòng Nước',
  ),
  record(
    { artist: 'فرقة الميناء القديم', title: 'قهوة قبل الفجر', year: 1979, genre: 'Jazz', support: null },
    'قهوة قبل الفجر | شباك على البحر | رسالة من بورت خيال | قارب عمي | آخر فانوس',
  ),
  record(
    { artist: 'Los Relojes de Agua', title: 'Mañana en el Patio', year: 1971, genre: 'Folk', support: null },
    'Mañana en el Patio | La Niña del Acordeón | Siesta Número Ocho | Corazón de Azulejo | ¿Quién Apagó la Fuente? | Lluvia, por Fin',
  ),
  record(
    { artist: 'Coro das Marés Mansas', title: 'Varandas', year: 1985, genre: 'Soul', support: null },
    'Varandas | Peixe de Sexta | Manhã Não Tem Pressa | São João sem Fogueira | Elevador Parado | Até Já, Avó',
  ),
  record(
    { artist: 'Straßenbahnchor Süd', title: 'Endstation Lindenhöhe', year: 1994, genre: 'Rock', support: null },
    'Türen schließen selbsttätig | Grüne Welle | Fräulein vom Amt | Endstation Lindenhöhe | Übergang | Fußgängerzone bei Nacht',
  ),
  record(
    { artist: 'Various Artists', title: 'Quayside Compilation, Vol. 3', year: 2005, genre: 'Folk', support: 'CD' },
    'Marée Lente – Slack Water (Radio Session) | Sørlig Bris – Siste båt | Northern Annexe – Wet Slate (Demo) | Tala Wrenfield & Saul Merriweather – Two Lamps | Ensemble Vieux-Quai – Sterne (live) | Ines Tallow – Rooftop Almanac',
  ),
  record(
    { artist: 'Ines Tallow', title: 'Rooftop Almanac', year: 2022, genre: 'Soul', support: null },
    'Rooftop Almanac | January, Tar | Pigeon Economics | Water Tower | Ines Tallow feat. Tala Wrenfield – Fire Escape Duet | August, Tar Again | First Frost on the Aerial',
  ),
  record(
    { artist: 'AC/DM', title: '50% Voltage / 50% Velvet', year: 1999, genre: 'Electronic', support: null },
    'Alternating | #1 (Untitled) | <Title Goes Here> | Rock ’n’ Rôle | "Quoted", Unquoted | ½ Step; Down | Direct',
  ),
];
