/**
 * What C libraries say for an error in other languages than English, from glibc's translations. Tools that print
 * the error's number need none of this; shells, coreutils and distutils print the words alone.
 */
export const strerrorWords: Readonly<Record<"EACCES" | "EPERM" | "ENOSPC" | "EROFS" | "EDQUOT", readonly string[]>> = {
  EACCES: [
    "бракуе правоў", "Отказан достъп", "S’ha denegat el permís", "Operace zamítnuta", "Adgang nægtet",
    "Keine Berechtigung", "Άρνηση πρόσβασης", "Mankas permeso", "Permiso denegado", "Lupa evätty",
    "Permission non accordée", "Pristup je odbijen", "Engedély megtagadva", "Ijin ditolak", "Permesso negato",
    "許可がありません", "허가 거부", "Ikke tilgang", "Toegang geweigerd", "Brak dostępu", "Permissão recusada",
    "Permissão negada", "Отказано в доступе", "Prístup odmietnutý", "Овлашћење је одбијено", "Åtkomst nekas",
    "Erişim engellendi", "Відмовлено у доступі", "Không đủ quyền truy cập", "权限不够", "拒絕不符權限的操作",
    "Permission non accordee", "Доступ запрещён", "Доступ запрещен", "アクセス許可がありません",
  ],
  EPERM: [
    "дзеяньне не дазволена", "Действието не е позволено", "L’operació no és permesa", "Operace není povolena",
    "Operationen er ikke tilladt", "Die Operation ist nicht erlaubt", "Η λειτουργία δεν επιτρέπεται",
    "Operacio ne permesatas", "Operación no permitida", "Toiminto ei ole sallittu", "Opération non permise",
    "Operación non permitida", "Operacija nije dopuštena", "A művelet nem engedélyezett", "Operasi tidak diijinkan",
    "Operazione non permessa", "許可されていない操作です", "명령을 허용하지 않음", "Operacija neleidžiama", "Operasjonen er ikke tillatt",
    "Actie is niet toegestaan", "Operacja niedozwolona", "Operação não permitida", "Операция не позволена",
    "Operácia nie je povolená", "Operacija ni dovoljena", "Радња није допуштена", "Operationen inte tillåten",
    "İşleme izin verilmedi", "Дію заборонено", "Thao tác không được phép", "不允许的操作", "此項操作並不被允許",
    "Operation nicht gestattet", "Die Operation wurde nicht gestattet", "操作不允许",
  ],
  ENOSPC: [
    "Няма месца на прыладзе", "Няма свободно място на устройството", "No resta espai al dispositiu",
    "Na zařízení není volné místo", "Ikke mere plads på enheden",
    "Auf dem Gerät ist kein Speicherplatz mehr verfügbar", "Δεν έμεινε καθόλου χώρος στη συσκευή",
    "Ne haviĝas plu da spaco sur aparato", "No queda espacio en el dispositivo", "Laitteella ei ole tilaa jäljellä",
    "Aucun espace disponible sur le périphérique", "Non hai espacio libre no dispositivo",
    "Nema više prostora na uređaju", "Nincs több hely a lemezen", "Tidak ruang lagi diperangkat",
    "Spazio esaurito sul device", "デバイスに空き領域がありません", "장치에 남은 공간이 없음", "Įrenginyje neliko vietos",
    "Ikke mer plass på enheten", "Geen ruimte meer over op apparaat", "Brak miejsca na urządzeniu",
    "Sem espaço livre no dispositivo", "Não há espaço disponível no dispositivo",
    "На устройстве не осталось свободного места", "Na zariadení už nie je žiadne miesto",
    "Na napravi ni več prostora", "Није преостало простора на уређају", "Enheten är full",
    "Aygıt üzerinde boş yer yok", "Недостатньо місця на пристрої", "Không có đủ chỗ trống trên thiết bị", "设备上没有空间",
    "裝置上已無多餘空間", "Plus d’espace disponible", "装置上无可用空间", "设备上无可用空间", "No hay espacio en el dispositivo",
  ],
  EROFS: [
    "Файлова система само за четене", "El sistema de fitxers és només de lectura",
    "Systém souborů je pouze pro čtení", "Filsystem med kun læseadgang", "Das Dateisystem ist nur lesbar",
    "Αναγνώσιμο-μόνο σύστημα αρχείων", "Nur-lega dosiersistemo", "Sistema de ficheros de sólo lectura",
    "Kirjoitussuojattu tiedostojärjestelmä", "Système de fichiers accessible en lecture seulement",
    "Sistema de ficheiros de só lectura", "Datotečni sustav je samo za čitanje", "Írásvédett fájlrendszer",
    "Sistem berkas baca-saja", "File system in sola lettura", "読み込み専用ファイルシステムです", "읽기전용 파일 시스템",
    "Failų sistema tik skaitymui", "Filsystem med kun lesetilgang", "Bestandssysteem is alleen-lezen",
    "System plików wyłącznie do odczytu", "Sistema de ficheiros só de leitura",
    "Sistema de arquivos somente para leitura", "Файловая система доступна только для чтения",
    "Súborový systém dovoľuje len čítanie", "Datotečni sistem je zgolj za branje", "Систем датотека само за читање",
    "Skrivskyddat filsystem", "Salt-okunur dosya sistemi", "Файлова система тільки для зчитування",
    "Hệ thống tập tin chỉ cho đọc", "只读文件系统", "唯讀的檔案系統", "Système de fichiers en lecture seule",
    "Sistema de archivos de solo lectura", "Dateisystem ist schreibgeschützt",
  ],
  EDQUOT: [
    "Перавышана дыскавая квота", "Надвишена дискова квота", "S’ha excedit la quota de disc",
    "Překročena disková kvóta", "Diskkvoten overskredet", "Der zugewiesene Plattenplatz (Quota) ist überschritten",
    "Ξεπεράστηκε το όριο χρήσης δίσκου", "Diska kvoto transpasiĝis", "Se ha excedido la cuota de disco",
    "Levykiintiö ylittynyt", "Débordement du quota d'espace disque", "Cota de disco superada",
    "Prekoračena je dodijeljena kvota (prostor) na disku", "Lemezkvóta túllépve", "Quota Dis terlampaui",
    "Quota disco superata", "ディスク使用量制限を超過しました", "디스크 할당량이 초과됨", "Viršyta disko kvota", "Schijfquotum is overschreden",
    "Przekroczony limit dyskowy", "Quota do disco excedida", "Cota da disco excedida", "Превышена дисковая квота",
    "Disková kvóta prekročená", "Квота диска је премашена", "Diskkvot överskriden", "Disk kotası aşıldı",
    "Перевищено квоту диска", "Vượt quá hạn ngạch đĩa", "超出磁盘限额", "磁碟配額已滿", "Quota de disco excedida",
    "Disk quota aşıldı",
  ],
};

/** A pattern's part that takes the words of one error in any of the languages, English not among them. */
export function inOtherLanguages(errno: keyof typeof strerrorWords): string {
  return `(?:${strerrorWords[errno].map((words) => words.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replaceAll("’", "['’]")).join("|")})`;
}

/** What the scan looks for: the ASCII part of the words where it is long enough to be rare, else all of them. */
export function strerrorTriggers(errno: keyof typeof strerrorWords): string[] {
  const parts = strerrorWords[errno].map((words) => words.split(/[^\x20-\x7e]+/).find((part) => part.trim().length >= 8) ?? words);
  return [...new Set(parts)];
}
