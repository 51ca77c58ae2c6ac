"""Names of months in the languages most pages are written in."""

from __future__ import annotations

_NAMES = """
january jan enero ene janvier janv januar jän jänner januari janeiro gennaio gen ocak oca января янв январь січня
    stycznia styczeń sty ledna leden tammikuuta ianuarie januára siječnja sijecnja januar
february feb febr febrero fév févr février februar feber fevereiro fev febbraio februari şubat şub февраля фев февраль
    лютого lutego luty lut února únor helmikuuta februarie februára veljače
march mar marzo mars märz mrz maart março mrt mart марта мар март березня marca marzec března březen maaliskuuta martie
    maret ožujka
april apr abril abr avril avr aprile nisan nis апреля апр апрель квітня kwietnia kwiecień kwi dubna duben huhtikuuta
    aprilie apríla travnja
may mayo mai maggio mag maio mei mayıs мая май травня maja maj května květen toukokuuta mája svibnja
june jun junio juin juni giugno giu junho haziran haz июня июн июнь червня czerwca czerwiec cze června červen kesäkuuta
    iunie júna lipnja
july jul julio juil juillet juli luglio lug julho temmuz tem июля июл июль липня lipca lipiec lip července červenec
    heinäkuuta iulie júla srpnja
august aug agosto ago août aout augustus ağustos ağu августа авг август серпня sierpnia sierpień sie srpna srpen
    elokuuta augusti agustus augusta kolovoza
september sep sept septiembre septembre setembro set settembre eylül eyl сентября сен сент сентябрь вересня września
    wrzesień wrz září syyskuuta septembrie septembra rujna
october oct octubre octobre oktober okt outubro out ottobre ott ekim eki октября окт октябрь жовтня października
    październik paź října říjen lokakuuta octombrie októbra
november nov noviembre novembre novembro kasım kas ноября ноя нояб ноябрь листопада listopada listopad lis listopadu
    marraskuuta noiembrie novembra studenoga
december dec diciembre dic décembre déc dezember dez dezembro dicembre desember des aralık ara декабря дек декабрь
    грудня grudnia grudzień gru prosince prosinec joulukuuta decembrie decembra prosinca
"""


def _table() -> dict[str, int]:
    rows = _NAMES.strip().replace("\n    ", " ").split("\n")
    return {name: month for month, row in enumerate(rows, 1) for name in row.split()}


MONTHS = _table()
"""Case-folded name or abbreviation without full stop to month, 1 to 12.

``listopada`` is November as in Polish; the Croatian October of that name is left out.
"""
