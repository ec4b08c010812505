<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>Mingle::AboutDialog</name>
    <message>
        <source>About Mingle</source>
        <translation>Über Mingle</translation>
    </message>
    <message>
        <source>Mingle</source>
        <translation>Mingle</translation>
    </message>
    <message>
        <source>Mingle %1</source>
        <translation>Mingle %1</translation>
    </message>
    <message>
        <source>Group chat for XMPP</source>
        <translation>Gruppenchat für XMPP</translation>
    </message>
    <message>
        <source>Free software under the GNU General Public License, version 3 or later. It comes without any warranty.</source>
        <translation>Freie Software unter der GNU General Public License, Version 3 oder neuer. Ohne jede Gewährleistung.</translation>
    </message>
</context>
<context>
    <name>Mingle::AddContactDialog</name>
    <message>
        <source>Add a contact</source>
        <translation>Kontakt hinzufügen</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Hinzufügen</translation>
    </message>
    <message>
        <source>&amp;Address of the person</source>
        <translation>&amp;Adresse der Person</translation>
    </message>
    <message>
        <source>name@example.org</source>
        <translation>name@beispiel.de</translation>
    </message>
    <message>
        <source>&amp;Name for you</source>
        <translation>&amp;Name für Sie</translation>
    </message>
    <message>
        <source>Left empty if you like</source>
        <translation>Darf leer bleiben</translation>
    </message>
    <message>
        <source>They are asked first. They see then when you are online, too.</source>
        <translation>Die Person wird erst gefragt. Sie sieht dann auch, wann Sie online sind.</translation>
    </message>
    <message>
        <source>An address looks like name@example.org.</source>
        <translation>Eine Adresse sieht aus wie name@beispiel.de.</translation>
    </message>
    <message>
        <source>Adding…</source>
        <translation>Wird hinzugefügt …</translation>
    </message>
    <message>
        <source>&amp;Let each other see when you are online</source>
        <translation>&amp;Einander zeigen, wann man online ist</translation>
    </message>
</context>
<context>
    <name>Mingle::BlockDialog</name>
    <message>
        <source>Block %1?</source>
        <translation>%1 blockieren?</translation>
    </message>
    <message>
        <source>Block</source>
        <translation>Blockieren</translation>
    </message>
    <message>
        <source>&amp;Report it to the people who run my server</source>
        <translation>Den Betreibern meines Servers &amp;melden</translation>
    </message>
    <message>
        <source>Nothing from %1 reaches you any more, on any of your devices, and they do not see when you are online. In rooms you still meet. You can undo it.</source>
        <translation>Von %1 erreicht Sie auf keinem Ihrer Geräte mehr etwas, und die Person sieht nicht, wann Sie online sind. In Räumen treffen Sie sich weiterhin. Sie können das rückgängig machen.</translation>
    </message>
    <message>
        <source>Unwanted advertising</source>
        <translation>Unerwünschte Werbung</translation>
    </message>
    <message>
        <source>Insults, threats or other abuse</source>
        <translation>Beleidigungen, Drohungen oder anderer Missbrauch</translation>
    </message>
    <message>
        <source>Because &amp;of</source>
        <translation>&amp;Grund</translation>
    </message>
    <message>
        <source>&amp;Words to them</source>
        <translation>&amp;Worte an sie</translation>
    </message>
    <message>
        <source>Left empty if you like</source>
        <translation>Darf leer bleiben</translation>
    </message>
    <message>
        <source>Asking the server…</source>
        <translation>Der Server wird gefragt …</translation>
    </message>
</context>
<context>
    <name>Mingle::BlockedPeopleDialog</name>
    <message>
        <source>Block</source>
        <translation>Blockieren</translation>
    </message>
    <message>
        <source>Blocked people</source>
        <translation>Blockierte Personen</translation>
    </message>
    <message>
        <source>With account</source>
        <translation>Mit Konto</translation>
    </message>
    <message>
        <source>name@example.org, or a whole server: example.org</source>
        <translation>name@example.org oder ein ganzer Server: example.org</translation>
    </message>
    <message>
        <source>Address to block</source>
        <translation>Zu blockierende Adresse</translation>
    </message>
    <message>
        <source>Unblock</source>
        <translation>Nicht mehr blockieren</translation>
    </message>
    <message>
        <source>Nobody is blocked.</source>
        <translation>Niemand ist blockiert.</translation>
    </message>
    <message>
        <source>Asking the server…</source>
        <translation>Der Server wird gefragt …</translation>
    </message>
    <message>
        <source>This is not an address</source>
        <translation>Das ist keine Adresse</translation>
    </message>
    <message>
        <source>One looks like name@example.org.</source>
        <translation>Eine sieht aus wie name@example.org.</translation>
    </message>
</context>
<context>
    <name>Mingle::ChatChoices</name>
    <message>
        <source>Take from favourites</source>
        <translation>Aus den Favoriten nehmen</translation>
    </message>
    <message>
        <source>Add to favourites</source>
        <translation>Zu den Favoriten</translation>
    </message>
    <message>
        <source>As usual: every message</source>
        <translation>Wie üblich: jede Nachricht</translation>
    </message>
    <message>
        <source>As usual: when I am mentioned</source>
        <translation>Wie üblich: wenn ich erwähnt werde</translation>
    </message>
</context>
<context>
    <name>Mingle::ChatPane</name>
    <message>
        <source>Choose a room or a person to talk to.</source>
        <translation>Wählen Sie einen Raum oder eine Person.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal versuchen</translation>
    </message>
    <message>
        <source>Join in another way…</source>
        <translation>Auf andere Art beitreten …</translation>
    </message>
    <message>
        <source>You are not in this room now.</source>
        <translation>Sie sind gerade nicht in diesem Raum.</translation>
    </message>
    <message>
        <source>You may read here, but not write.</source>
        <translation>Sie dürfen hier lesen, aber nicht schreiben.</translation>
    </message>
    <message>
        <source>You have blocked this person.</source>
        <translation>Sie haben diese Person blockiert.</translation>
    </message>
    <message>
        <source>Look at the new room…</source>
        <translation>Den neuen Raum ansehen …</translation>
    </message>
    <message>
        <source>You are not in the room by which you talk.</source>
        <translation>Sie sind nicht in dem Raum, über den Sie sprechen.</translation>
    </message>
</context>
<context>
    <name>Mingle::CommandLine</name>
    <message>
        <source>Group chat for XMPP</source>
        <translation>Gruppenchat für XMPP</translation>
    </message>
    <message>
        <source>An xmpp: link to fill a form with.</source>
        <translation>Ein xmpp:-Link, aus dem ein Formular ausgefüllt wird.</translation>
    </message>
    <message>
        <source>Keep everything in this folder.</source>
        <translation>Alles in diesem Ordner aufbewahren.</translation>
    </message>
    <message>
        <source>folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>Add an account, then end. Needs --password-stdin.</source>
        <translation>Ein Konto hinzufügen, dann beenden. Braucht --password-stdin.</translation>
    </message>
    <message>
        <source>address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>Read a password from standard input, one line.</source>
        <translation>Ein Passwort von der Standardeingabe lesen, eine Zeile.</translation>
    </message>
    <message>
        <source>Where the account&apos;s server is.</source>
        <translation>Wo der Server des Kontos ist.</translation>
    </message>
    <message>
        <source>host:port</source>
        <translation>Server:Port</translation>
    </message>
    <message>
        <source>How to encrypt: direct or starttls.</source>
        <translation>Wie verschlüsselt wird: direct oder starttls.</translation>
    </message>
    <message>
        <source>way</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>Trust this certificate authority too (PEM).</source>
        <translation>Auch dieser Zertifizierungsstelle vertrauen (PEM).</translation>
    </message>
    <message>
        <source>file</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Write what is stored of a room as JSON lines, then end.</source>
        <translation>Ausgeben, was von einem Raum gespeichert ist, als JSON-Zeilen, dann beenden.</translation>
    </message>
    <message>
        <source>room</source>
        <translation>Raum</translation>
    </message>
    <message>
        <source>Say which version this is.</source>
        <translation>Die Version ausgeben.</translation>
    </message>
    <message>
        <source>Show this help.</source>
        <translation>Diese Hilfe anzeigen.</translation>
    </message>
    <message>
        <source>“%1” is not a port.</source>
        <translation>„%1“ ist kein Port.</translation>
    </message>
    <message>
        <source>--server needs a host.</source>
        <translation>--server braucht den Namen eines Servers.</translation>
    </message>
    <message>
        <source>“%1” is not an address.</source>
        <translation>„%1“ ist keine Adresse.</translation>
    </message>
    <message>
        <source>--add-account needs --password-stdin.</source>
        <translation>--add-account braucht --password-stdin.</translation>
    </message>
    <message>
        <source>--tls is either direct or starttls.</source>
        <translation>--tls ist entweder direct oder starttls.</translation>
    </message>
    <message>
        <source>There is no file “%1”.</source>
        <translation>Die Datei „%1“ gibt es nicht.</translation>
    </message>
    <message>
        <source>--profile needs a folder.</source>
        <translation>--profile braucht einen Ordner.</translation>
    </message>
    <message>
        <source>--%1 belongs to --add-account.</source>
        <translation>--%1 gehört zu --add-account.</translation>
    </message>
    <message>
        <source>“%1” is not an xmpp: link.</source>
        <translation>„%1“ ist kein xmpp:-Link.</translation>
    </message>
    <message>
        <source>--add-account and --export do not go together.</source>
        <translation>--add-account und --export passen nicht zusammen.</translation>
    </message>
</context>
<context>
    <name>Mingle::Composer</name>
    <message>
        <source>Message</source>
        <translation>Nachricht</translation>
    </message>
    <message>
        <source>Message to %1</source>
        <translation>Nachricht an %1</translation>
    </message>
    <message>
        <source>The message could not be stored. It is still here.</source>
        <translation>Die Nachricht konnte nicht gespeichert werden. Sie ist noch da.</translation>
    </message>
    <message>
        <source>The message could not be stored and is still here. %1</source>
        <translation>Die Nachricht konnte nicht gespeichert werden und ist noch da. %1</translation>
    </message>
</context>
<context>
    <name>Mingle::ConnectWords</name>
    <message>
        <source>Resumed with a token</source>
        <translation>Mit einem Token fortgesetzt</translation>
    </message>
    <message>
        <source>Signed in with a token</source>
        <translation>Mit einem Token angemeldet</translation>
    </message>
    <message>
        <source>Resumed with the password</source>
        <translation>Mit dem Passwort fortgesetzt</translation>
    </message>
    <message>
        <source>Signed in with the password</source>
        <translation>Mit dem Passwort angemeldet</translation>
    </message>
    <message>
        <source>Not connected</source>
        <translation>Nicht verbunden</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 ms</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>%1 kB</source>
        <translation>%1 kB</translation>
    </message>
    <message>
        <source>In %1</source>
        <translation>In %1</translation>
    </message>
    <message>
        <source>After %1</source>
        <translation>Nach %1</translation>
    </message>
    <message numerus="yes">
        <source>%n tries</source>
        <translation>
            <numerusform>%n Versuch</numerusform>
            <numerusform>%n Versuche</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n round trip(s)</source>
        <translation>
            <numerusform>%n Umlauf</numerusform>
            <numerusform>%n Umläufe</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 sent</source>
        <translation>%1 gesendet</translation>
    </message>
    <message>
        <source>%1 received</source>
        <translation>%1 empfangen</translation>
    </message>
    <message>
        <source>Still connected</source>
        <translation>Noch verbunden</translation>
    </message>
    <message>
        <source>Ended as you chose</source>
        <translation>Beendet, wie von Ihnen gewünscht</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <extracomment>%1 is a time of day, maybe with a date; %2 what happened then</extracomment>
        <translation>%1: %2</translation>
    </message>
</context>
<context>
    <name>Mingle::ConnectionDialog</name>
    <message>
        <source>Not connected yet since Mingle was started.</source>
        <translation>Seit dem Start von Mingle noch nicht verbunden.</translation>
    </message>
    <message>
        <source>A token stands in for the password. A round trip is one wait for the server. What is sent and received is counted until Mingle is connected, without what encryption adds.</source>
        <translation>Ein Token steht für das Passwort. Ein Umlauf ist einmal Warten auf den Server. Gesendetes und Empfangenes zählt, bis Mingle verbunden ist, ohne den Anteil der Verschlüsselung.</translation>
    </message>
    <message>
        <source>Connection</source>
        <translation>Verbindung</translation>
    </message>
    <message>
        <source>Recent connections of %1</source>
        <translation>Letzte Verbindungen von %1</translation>
    </message>
    <message>
        <source>Recent connections, newest first</source>
        <translation>Letzte Verbindungen, die neueste zuerst</translation>
    </message>
    <message>
        <source>Copy for a bug report</source>
        <translation>Für einen Fehlerbericht kopieren</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
</context>
<context>
    <name>Mingle::ConnectionStripView</name>
    <message>
        <source>Details</source>
        <translation>Details</translation>
    </message>
    <message>
        <source>Keep in the keychain</source>
        <translation>Im Schlüsselbund speichern</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Passwort</translation>
    </message>
    <message>
        <source>Offline, as you chose. You can read everything that is stored here.</source>
        <translation>Offline, wie gewünscht. Sie können alles lesen, was hier gespeichert ist.</translation>
    </message>
    <message>
        <source>There is no keychain on this computer to keep the password safe, so Mingle asks for it at each start.</source>
        <translation>Auf diesem Computer gibt es keinen Schlüsselbund, der das Passwort sicher aufbewahrt. Darum fragt Mingle bei jedem Start danach.</translation>
    </message>
    <message>
        <source>%1. Please enter the password again.</source>
        <translation>%1. Bitte geben Sie das Passwort noch einmal ein.</translation>
    </message>
    <message>
        <source>Please enter the password.</source>
        <translation>Bitte geben Sie das Passwort ein.</translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation>Verbindung wird hergestellt …</translation>
    </message>
    <message>
        <source>%1. Next try in %2 s.</source>
        <translation>%1. Nächster Versuch in %2 s.</translation>
    </message>
    <message>
        <source>Not connected</source>
        <translation>Nicht verbunden</translation>
    </message>
    <message>
        <source>Not connected.</source>
        <translation>Nicht verbunden.</translation>
    </message>
    <message>
        <source>Not connected: %1.</source>
        <translation>Nicht verbunden: %1.</translation>
    </message>
    <message>
        <source>Go online</source>
        <translation>Online gehen</translation>
    </message>
    <message>
        <source>Retry now</source>
        <translation>Jetzt versuchen</translation>
    </message>
    <message>
        <source>Enter password</source>
        <translation>Passwort eingeben</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal versuchen</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>Anmelden</translation>
    </message>
    <message>
        <source>Signing in…</source>
        <translation>Anmeldung läuft …</translation>
    </message>
    <message numerus="yes">
        <source>Catching up: %1 of %n room(s)…</source>
        <translation>
            <numerusform>Verpasstes wird geholt: %1 von %n Raum …</numerusform>
            <numerusform>Verpasstes wird geholt: %1 von %n Räumen …</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Mingle::CreateRoomDialog</name>
    <message>
        <source>Make a room</source>
        <translation>Raum anlegen</translation>
    </message>
    <message>
        <source>Make</source>
        <translation>Anlegen</translation>
    </message>
    <message>
        <source>&amp;Name of the room</source>
        <translation>&amp;Name des Raums</translation>
    </message>
    <message>
        <source>For example: Garden plans</source>
        <translation>Zum Beispiel: Gartenpläne</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Details</translation>
    </message>
    <message>
        <source>&amp;Your name in the room</source>
        <translation>&amp;Ihr Name im Raum</translation>
    </message>
    <message>
        <source>MIX channel</source>
        <translation>MIX-Kanal</translation>
    </message>
    <message>
        <source>MUC room</source>
        <translation>MUC-Raum</translation>
    </message>
    <message>
        <source>&amp;Kind</source>
        <translation>&amp;Art</translation>
    </message>
    <message>
        <source>A room needs a name.</source>
        <translation>Ein Raum braucht einen Namen.</translation>
    </message>
    <message>
        <source>Making the room…</source>
        <translation>Der Raum wird angelegt …</translation>
    </message>
    <message>
        <source>What it is &amp;for</source>
        <translation>Wo&amp;für er ist</translation>
    </message>
    <message>
        <source>Left empty if the name says it</source>
        <translation>Leer, wenn es der Name schon sagt</translation>
    </message>
    <message>
        <source>&amp;People to ask in</source>
        <translation>&amp;Wen Sie einladen</translation>
    </message>
    <message>
        <source>P&amp;rivate</source>
        <translation>P&amp;rivat</translation>
    </message>
    <message>
        <source>Only those who are asked in; they see addresses.</source>
        <translation>Nur Eingeladene; sie sehen die Adressen.</translation>
    </message>
    <message>
        <source>P&amp;ublic</source>
        <translation>Ö&amp;ffentlich</translation>
    </message>
    <message>
        <source>Anybody can find it and enter. Addresses stay hidden.</source>
        <translation>Alle können ihn finden und betreten. Adressen bleiben verborgen.</translation>
    </message>
    <message>
        <source>What suits the servers</source>
        <translation>Was zu den Servern passt</translation>
    </message>
    <message>
        <source>“%1” is not an address. One looks like name@example.org.</source>
        <translation>„%1“ ist keine Adresse. Eine sieht aus wie name@example.org.</translation>
    </message>
    <message>
        <source>Pic&amp;ture</source>
        <translation>&amp;Bild</translation>
    </message>
</context>
<context>
    <name>Mingle::DateDialog</name>
    <message>
        <source>Jump to a day</source>
        <translation>Zu einem Tag springen</translation>
    </message>
    <message>
        <source>Jump</source>
        <translation>Springen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Month before</source>
        <translation>Voriger Monat</translation>
    </message>
    <message>
        <source>Month after</source>
        <translation>Nächster Monat</translation>
    </message>
    <message>
        <source>Month</source>
        <translation>Monat</translation>
    </message>
    <message>
        <source>Year</source>
        <translation>Jahr</translation>
    </message>
    <message>
        <source>Days</source>
        <translation>Tage</translation>
    </message>
</context>
<context>
    <name>Mingle::DestroyRoomDialog</name>
    <message>
        <source>End this room for everybody?</source>
        <translation>Diesen Raum für alle beenden?</translation>
    </message>
    <message>
        <source>End the room</source>
        <translation>Raum beenden</translation>
    </message>
    <message>
        <source>“%1” is closed for all its people, and the server forgets what was said in it. What you have here stays on this computer. This cannot be undone.</source>
        <translation>„%1“ wird für alle geschlossen, und der Server vergisst, was darin gesagt wurde. Was Sie hier haben, bleibt auf diesem Rechner. Das lässt sich nicht rückgängig machen.</translation>
    </message>
    <message>
        <source>Type the room&apos;s &amp;name to go on</source>
        <translation>&amp;Name des Raums, zur Bestätigung</translation>
    </message>
    <message>
        <source>&amp;Reason</source>
        <translation>&amp;Grund</translation>
    </message>
    <message>
        <source>Told to them; left empty if you like</source>
        <translation>Wird ihnen gesagt; darf leer bleiben</translation>
    </message>
    <message>
        <source>That is not the room&apos;s name.</source>
        <translation>Das ist nicht der Name des Raums.</translation>
    </message>
    <message>
        <source>Ending the room…</source>
        <translation>Der Raum wird beendet …</translation>
    </message>
</context>
<context>
    <name>Mingle::DoneStripView</name>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Close this note</source>
        <translation>Diesen Hinweis schließen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>It was taken back.</source>
        <translation>Es wurde zurückgenommen.</translation>
    </message>
</context>
<context>
    <name>Mingle::ErrorText</name>
    <message>
        <source>Mingle cannot be sure that it talks to the right server, so it sent no password.</source>
        <translation>Mingle kann nicht sicher sein, mit dem richtigen Server zu sprechen, und hat darum kein Passwort gesendet.</translation>
    </message>
    <message>
        <source>The server&apos;s certificate has expired</source>
        <translation>Das Zertifikat des Servers ist abgelaufen</translation>
    </message>
    <message>
        <source>Check the date of this computer. If it is right, tell the people who run the server.</source>
        <translation>Prüfen Sie das Datum dieses Computers. Wenn es stimmt, sagen Sie den Betreibern des Servers Bescheid.</translation>
    </message>
    <message>
        <source>The certificate belongs to another server</source>
        <translation>Das Zertifikat gehört einem anderen Server</translation>
    </message>
    <message>
        <source>Check the address. If it is right, tell the people who run the server.</source>
        <translation>Prüfen Sie die Adresse. Wenn sie stimmt, sagen Sie den Betreibern des Servers Bescheid.</translation>
    </message>
    <message>
        <source>The server vouches for itself only</source>
        <translation>Der Server bürgt nur für sich selbst</translation>
    </message>
    <message>
        <source>If it is your own server, choose its certificate file under “Server settings”.</source>
        <translation>Wenn es Ihr eigener Server ist, wählen Sie unter „Servereinstellungen“ seine Zertifikatsdatei.</translation>
    </message>
    <message>
        <source>The server&apos;s certificate is not trusted here</source>
        <translation>Dem Zertifikat des Servers wird hier nicht vertraut</translation>
    </message>
    <message>
        <source>If it is your own server, choose its certificate file under “Server settings”. Otherwise tell the people who run it.</source>
        <translation>Wenn es Ihr eigener Server ist, wählen Sie unter „Servereinstellungen“ seine Zertifikatsdatei. Sagen Sie sonst den Betreibern Bescheid.</translation>
    </message>
    <message>
        <source>No network</source>
        <translation>Kein Netz</translation>
    </message>
    <message>
        <source>This computer has no connection to the internet.</source>
        <translation>Dieser Computer hat keine Verbindung zum Internet.</translation>
    </message>
    <message>
        <source>Check the connection and try again.</source>
        <translation>Prüfen Sie die Verbindung und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>The server was not found</source>
        <translation>Der Server wurde nicht gefunden</translation>
    </message>
    <message>
        <source>Check the part of the address behind the @. Some servers need a host and a port: see “Server settings”.</source>
        <translation>Prüfen Sie den Teil der Adresse hinter dem @. Manche Server brauchen Servername und Port: siehe „Servereinstellungen“.</translation>
    </message>
    <message>
        <source>No answer</source>
        <translation>Keine Antwort</translation>
    </message>
    <message>
        <source>The server took too long to answer.</source>
        <translation>Der Server hat zu lange nicht geantwortet.</translation>
    </message>
    <message>
        <source>Try again in a moment.</source>
        <translation>Versuchen Sie es gleich noch einmal.</translation>
    </message>
    <message>
        <source>The connection was lost</source>
        <translation>Die Verbindung ist abgerissen</translation>
    </message>
    <message>
        <source>The server offers no encryption</source>
        <translation>Der Server bietet keine Verschlüsselung</translation>
    </message>
    <message>
        <source>Without it others could read your password, so Mingle sent nothing.</source>
        <translation>Ohne sie könnten andere Ihr Passwort mitlesen. Darum hat Mingle nichts gesendet.</translation>
    </message>
    <message>
        <source>Try “Direct TLS” under “Server settings”, or ask the people who run the server.</source>
        <translation>Versuchen Sie „Direktes TLS“ unter „Servereinstellungen“, oder fragen Sie die Betreiber des Servers.</translation>
    </message>
    <message>
        <source>The server sends you elsewhere</source>
        <translation>Der Server verweist an einen anderen</translation>
    </message>
    <message>
        <source>It names another server, which Mingle does not follow by itself.</source>
        <translation>Er nennt einen anderen Server. Mingle folgt dem nicht von selbst.</translation>
    </message>
    <message>
        <source>Ask the people who run the server for the right host and port.</source>
        <translation>Fragen Sie die Betreiber des Servers nach Servername und Port.</translation>
    </message>
    <message>
        <source>The password or the address is wrong</source>
        <translation>Das Passwort oder die Adresse stimmt nicht</translation>
    </message>
    <message>
        <source>Check both and try again.</source>
        <translation>Prüfen Sie beides und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>This account is switched off</source>
        <translation>Dieses Konto ist abgeschaltet</translation>
    </message>
    <message>
        <source>The server does not let it in.</source>
        <translation>Der Server lässt es nicht zu.</translation>
    </message>
    <message>
        <source>Ask the people who run the server.</source>
        <translation>Fragen Sie die Betreiber des Servers.</translation>
    </message>
    <message>
        <source>Its ways of checking the password are too weak, so Mingle sent nothing.</source>
        <translation>Seine Arten, das Passwort zu prüfen, sind zu schwach. Darum hat Mingle nichts gesendet.</translation>
    </message>
    <message>
        <source>Ask the people who run the server to offer SCRAM.</source>
        <translation>Bitten Sie die Betreiber des Servers, SCRAM anzubieten.</translation>
    </message>
    <message>
        <source>The server could not prove who it is</source>
        <translation>Der Server konnte nicht beweisen, wer er ist</translation>
    </message>
    <message>
        <source>It does not seem to know your account. Somebody may be standing in between.</source>
        <translation>Er scheint Ihr Konto nicht zu kennen. Vielleicht steht jemand dazwischen.</translation>
    </message>
    <message>
        <source>Do not change your password over this network. Try again from another one.</source>
        <translation>Ändern Sie Ihr Passwort nicht über dieses Netz. Versuchen Sie es aus einem anderen noch einmal.</translation>
    </message>
    <message>
        <source>The server sent something that makes no sense</source>
        <translation>Der Server hat etwas gesendet, das keinen Sinn ergibt</translation>
    </message>
    <message>
        <source>Mingle ended the connection to be safe.</source>
        <translation>Mingle hat die Verbindung sicherheitshalber beendet.</translation>
    </message>
    <message>
        <source>The same account has taken over this connection in another place.</source>
        <translation>Dasselbe Konto hat diese Verbindung an anderer Stelle übernommen.</translation>
    </message>
    <message>
        <source>Close the other program, or connect again here.</source>
        <translation>Schließen Sie das andere Programm, oder verbinden Sie sich hier neu.</translation>
    </message>
    <message>
        <source>The server is shutting down</source>
        <translation>Der Server fährt herunter</translation>
    </message>
    <message>
        <source>It will probably be back soon.</source>
        <translation>Er ist wahrscheinlich bald wieder da.</translation>
    </message>
    <message>
        <source>This room is for members only</source>
        <translation>Dieser Raum ist nur für Mitglieder</translation>
    </message>
    <message>
        <source>Its owners decide who may join.</source>
        <translation>Seine Eigentümer entscheiden, wer beitreten darf.</translation>
    </message>
    <message>
        <source>Ask somebody in the room to make you a member, then try again.</source>
        <translation>Bitten Sie jemanden im Raum, Sie zum Mitglied zu machen, und versuchen Sie es dann noch einmal.</translation>
    </message>
    <message>
        <source>You may not enter this room</source>
        <translation>Sie dürfen diesen Raum nicht betreten</translation>
    </message>
    <message>
        <source>If you think that is a mistake, write to one of its owners.</source>
        <translation>Wenn Sie das für einen Irrtum halten, schreiben Sie einer Person, der er gehört.</translation>
    </message>
    <message>
        <source>This room needs a password</source>
        <translation>Dieser Raum braucht ein Passwort</translation>
    </message>
    <message>
        <source>Ask the people in it, then enter the password and try again.</source>
        <translation>Fragen Sie die Personen darin, geben Sie das Passwort ein und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>This name is taken</source>
        <translation>Dieser Name ist vergeben</translation>
    </message>
    <message>
        <source>Somebody else in the room is called that.</source>
        <translation>Jemand anderes im Raum heißt so.</translation>
    </message>
    <message>
        <source>Choose another name and try again.</source>
        <translation>Wählen Sie einen anderen Namen und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>The room does not accept this name</source>
        <translation>Der Raum nimmt diesen Namen nicht an</translation>
    </message>
    <message>
        <source>There is no such room, and you may not make one</source>
        <translation>Diesen Raum gibt es nicht, und Sie dürfen ihn nicht anlegen</translation>
    </message>
    <message>
        <source>The server lets only some people make rooms.</source>
        <translation>Der Server lässt nur manche Personen Räume anlegen.</translation>
    </message>
    <message>
        <source>Check the address.</source>
        <translation>Prüfen Sie die Adresse.</translation>
    </message>
    <message>
        <source>The room did not let you in</source>
        <translation>Der Raum hat Sie nicht eingelassen</translation>
    </message>
    <message>
        <source>Try again later.</source>
        <translation>Versuchen Sie es später noch einmal.</translation>
    </message>
    <message>
        <source>This is not an address</source>
        <translation>Das ist keine Adresse</translation>
    </message>
    <message>
        <source>Check how it is written.</source>
        <translation>Prüfen Sie die Schreibweise.</translation>
    </message>
    <message>
        <source>A room with this name is there already</source>
        <translation>Einen Raum mit diesem Namen gibt es schon</translation>
    </message>
    <message>
        <source>Choose another name, or join that room.</source>
        <translation>Wählen Sie einen anderen Namen, oder treten Sie jenem Raum bei.</translation>
    </message>
    <message>
        <source>You may not make rooms here</source>
        <translation>Sie dürfen hier keine Räume anlegen</translation>
    </message>
    <message>
        <source>The server lets only some people do that.</source>
        <translation>Der Server lässt das nur manche Personen tun.</translation>
    </message>
    <message>
        <source>The message was refused</source>
        <translation>Die Nachricht wurde abgelehnt</translation>
    </message>
    <message>
        <source>You may not write here now: you are not in the room, or were muted.</source>
        <translation>Sie dürfen hier gerade nicht schreiben: Sie sind nicht im Raum oder wurden stummgeschaltet.</translation>
    </message>
    <message>
        <source>The room did not let you leave</source>
        <translation>Der Raum hat den Austritt nicht zugelassen</translation>
    </message>
    <message>
        <source>The server refused</source>
        <translation>Der Server hat abgelehnt</translation>
    </message>
    <message>
        <source>This room is closed for good</source>
        <translation>Dieser Raum ist für immer geschlossen</translation>
    </message>
    <message>
        <source>It may have moved; ask its people.</source>
        <translation>Vielleicht ist er umgezogen. Fragen Sie die Personen, die darin waren.</translation>
    </message>
    <message>
        <source>The other server was not found</source>
        <translation>Der andere Server wurde nicht gefunden</translation>
    </message>
    <message>
        <source>There is no chat server under the name behind the @, or it is switched off.</source>
        <translation>Unter dem Namen hinter dem @ gibt es keinen Chatserver, oder er ist ausgeschaltet.</translation>
    </message>
    <message>
        <source>There is no room at this address</source>
        <translation>Unter dieser Adresse gibt es keinen Raum</translation>
    </message>
    <message>
        <source>Nobody is at this address</source>
        <translation>Unter dieser Adresse gibt es niemanden</translation>
    </message>
    <message>
        <source>The server has no rooms of this kind</source>
        <translation>Der Server hat keine Räume dieser Art</translation>
    </message>
    <message>
        <source>Choose the other kind under “Details”.</source>
        <translation>Wählen Sie unter „Details“ die andere Art.</translation>
    </message>
    <message>
        <source>Something else answers there.</source>
        <translation>Dort antwortet etwas anderes.</translation>
    </message>
    <message>
        <source>The server cannot do that</source>
        <translation>Der Server kann das nicht</translation>
    </message>
    <message>
        <source>The room is full</source>
        <translation>Der Raum ist voll</translation>
    </message>
    <message>
        <source>The server is full</source>
        <translation>Der Server ist voll</translation>
    </message>
    <message>
        <source>You left the room before this was sent</source>
        <translation>Sie haben den Raum verlassen, bevor dies gesendet war</translation>
    </message>
    <message>
        <source>Join the room again to send it.</source>
        <translation>Treten Sie dem Raum wieder bei, um es zu senden.</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>Abgebrochen</translation>
    </message>
    <message>
        <source>An address looks like name@example.org.</source>
        <translation>Eine Adresse sieht aus wie name@example.org.</translation>
    </message>
    <message>
        <source>This cannot be used</source>
        <translation>Das lässt sich nicht verwenden</translation>
    </message>
    <message>
        <source>Check what you typed.</source>
        <translation>Prüfen Sie Ihre Eingabe.</translation>
    </message>
    <message>
        <source>Too long</source>
        <translation>Zu lang</translation>
    </message>
    <message>
        <source>The server does not take messages of this size.</source>
        <translation>Der Server nimmt keine Nachrichten dieser Größe an.</translation>
    </message>
    <message>
        <source>Send it in parts.</source>
        <translation>Senden Sie sie in Teilen.</translation>
    </message>
    <message>
        <source>Cannot be stored on this computer</source>
        <translation>Lässt sich auf diesem Computer nicht speichern</translation>
    </message>
    <message>
        <source>The disk may be full, or Mingle may not write to its folder.</source>
        <translation>Vielleicht ist der Datenträger voll, oder Mingle darf nicht in seinen Ordner schreiben.</translation>
    </message>
    <message>
        <source>No keychain</source>
        <translation>Kein Schlüsselbund</translation>
    </message>
    <message>
        <source>There is no safe place for the password on this computer, so Mingle does not keep it.</source>
        <translation>Auf diesem Computer gibt es keinen sicheren Ort für das Passwort. Darum bewahrt Mingle es nicht auf.</translation>
    </message>
    <message>
        <source>It will ask at each start. A keychain such as GNOME Keyring or KWallet changes that.</source>
        <translation>Es fragt bei jedem Start danach. Ein Schlüsselbund wie GNOME Keyring oder KWallet ändert das.</translation>
    </message>
    <message>
        <source>Mingle does not know this computer&apos;s QXmpp library</source>
        <translation>Mingle kennt die QXmpp-Bibliothek dieses Computers nicht</translation>
    </message>
    <message>
        <source>It would talk to the server past what keeps you safe, so Mingle stays offline. What you have read is still here.</source>
        <translation>Sie spräche am Schutz vorbei mit dem Server, deshalb bleibt Mingle offline. Was Sie gelesen haben, ist noch da.</translation>
    </message>
    <message>
        <source>Install QXmpp 1.10, or a Mingle that brings its own.</source>
        <translation>Installieren Sie QXmpp 1.10 oder ein Mingle, das seine eigene mitbringt.</translation>
    </message>
    <message>
        <source>Something went wrong in Mingle</source>
        <translation>In Mingle ist etwas schiefgegangen</translation>
    </message>
    <message>
        <source>Try again. If it stays, tell the people who make Mingle, with the technical details.</source>
        <translation>Versuchen Sie es noch einmal. Wenn es so bleibt, melden Sie es mit den technischen Details denen, die Mingle machen.</translation>
    </message>
    <message>
        <source>The server offers no safe way to sign in</source>
        <translation>Der Server bietet keinen sicheren Weg zur Anmeldung</translation>
    </message>
    <message>
        <source>Signed in elsewhere</source>
        <translation>Anderswo angemeldet</translation>
    </message>
    <message>
        <source>Somebody who looks after it has shut you out, or one of the servers does not allow it.</source>
        <translation>Jemand, der den Raum betreut, hat Sie ausgeschlossen, oder einer der Server lässt es nicht zu.</translation>
    </message>
    <message>
        <source>There is no chat server under this name.</source>
        <translation>Unter diesem Namen gibt es keinen Chatserver.</translation>
    </message>
    <message>
        <source>The server does not answer</source>
        <translation>Der Server antwortet nicht</translation>
    </message>
    <message>
        <source>There is such a server, but it takes no connections now.</source>
        <translation>Den Server gibt es, aber er nimmt gerade keine Verbindungen an.</translation>
    </message>
    <message>
        <source>Try again in a moment. Some servers need a host and a port: see “Server settings”.</source>
        <translation>Versuchen Sie es gleich noch einmal. Manche Server brauchen Host und Port: siehe „Servereinstellungen“.</translation>
    </message>
    <message>
        <source>You were put out of this room</source>
        <translation>Sie wurden aus diesem Raum entfernt</translation>
    </message>
    <message>
        <source>Somebody who looks after it did that.</source>
        <translation>Das hat jemand getan, der ihn betreut.</translation>
    </message>
    <message>
        <source>You may enter again.</source>
        <translation>Sie dürfen wieder eintreten.</translation>
    </message>
    <message>
        <source>It has moved to %1.</source>
        <translation>Er ist nach %1 umgezogen.</translation>
    </message>
    <message>
        <source>New messages cannot be stored on this computer</source>
        <translation>Neue Nachrichten lassen sich auf diesem Computer nicht speichern</translation>
    </message>
    <message>
        <source>Mingle goes on trying, and then shows all that came meanwhile.</source>
        <translation>Mingle versucht es weiter und zeigt dann alles, was inzwischen gekommen ist.</translation>
    </message>
    <message>
        <source>What was stored before is not lost.</source>
        <translation>Was schon gespeichert war, ist nicht verloren.</translation>
    </message>
    <message>
        <source>The disk is full.</source>
        <translation>Der Datenträger ist voll.</translation>
    </message>
    <message>
        <source>Make room, then try again.</source>
        <translation>Schaffen Sie Platz und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>Mingle may not write to its folder.</source>
        <translation>Mingle darf nicht in seinen Ordner schreiben.</translation>
    </message>
    <message>
        <source>Change that, then try again.</source>
        <translation>Ändern Sie das und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>The file that holds them is damaged.</source>
        <translation>Die Datei, in der sie liegen, ist beschädigt.</translation>
    </message>
    <message>
        <source>Close Mingle and start it again: it repairs the file and fetches what is missing from the server.</source>
        <translation>Schließen Sie Mingle und starten Sie es neu: Es repariert die Datei und holt vom Server, was fehlt.</translation>
    </message>
    <message>
        <source>The server wants the password itself</source>
        <translation>Der Server will das Passwort selbst</translation>
    </message>
    <message>
        <source>It knows no way to check it without being given it, so Mingle sent nothing. Whoever gets into that server could read it.</source>
        <translation>Er kann es nicht prüfen, ohne es zu bekommen; deshalb hat Mingle nichts gesendet. Wer in diesen Server eindringt, könnte es lesen.</translation>
    </message>
    <message>
        <source>Ask the people who run the server to offer SCRAM. If you trust them, you can allow it when you sign in.</source>
        <translation>Bitten Sie die Betreiber des Servers, SCRAM anzubieten. Wenn Sie ihnen vertrauen, können Sie es beim Anmelden erlauben.</translation>
    </message>
    <message>
        <source>A room needs an owner</source>
        <translation>Ein Raum braucht einen Besitzer</translation>
    </message>
    <message>
        <source>There is nobody else who could take it over.</source>
        <translation>Es gibt sonst niemanden, der ihn übernehmen könnte.</translation>
    </message>
    <message>
        <source>Make somebody else an owner first.</source>
        <translation>Machen Sie zuerst jemand anderen zum Besitzer.</translation>
    </message>
    <message>
        <source>The room does not allow that</source>
        <translation>Der Raum erlaubt das nicht</translation>
    </message>
    <message>
        <source>It would take its last owner away, or change somebody who stands above you.</source>
        <translation>Er verlöre seinen letzten Besitzer, oder es träfe jemanden, der über Ihnen steht.</translation>
    </message>
    <message>
        <source>You may not ask people in</source>
        <translation>Sie dürfen niemanden einladen</translation>
    </message>
    <message>
        <source>In this room its owners do that.</source>
        <translation>In diesem Raum tun das seine Besitzer.</translation>
    </message>
    <message>
        <source>Ask one of them.</source>
        <translation>Fragen Sie jemanden von ihnen.</translation>
    </message>
    <message>
        <source>You may not do that here</source>
        <translation>Das dürfen Sie hier nicht</translation>
    </message>
    <message>
        <source>It takes a right that the room has not given to you, or has taken back.</source>
        <translation>Dazu gehört ein Recht, das der Raum Ihnen nicht gegeben oder wieder genommen hat.</translation>
    </message>
    <message>
        <source>You are not in this room now</source>
        <translation>Sie sind gerade nicht in diesem Raum</translation>
    </message>
    <message>
        <source>Enter it, then try again.</source>
        <translation>Betreten Sie ihn und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>The room hides this person&apos;s address</source>
        <translation>Der Raum verbirgt die Adresse dieser Person</translation>
    </message>
    <message>
        <source>Without it nobody can be put out of a room of this kind.</source>
        <translation>Ohne sie lässt sich niemand aus einem Raum dieser Art entfernen.</translation>
    </message>
    <message>
        <source>Your server cannot block anybody</source>
        <translation>Ihr Server kann niemanden blockieren</translation>
    </message>
    <message>
        <source>Ask the people who run it to offer blocking (XEP-0191).</source>
        <translation>Bitten Sie seine Betreiber, das Blockieren anzubieten (XEP-0191).</translation>
    </message>
    <message>
        <source>Not everybody could come along</source>
        <translation>Nicht alle könnten mitkommen</translation>
    </message>
    <message>
        <source>Your server, or that of somebody in the room, does not look after channels.</source>
        <translation>Ihr Server, oder der von jemandem im Raum, betreut keine Kanäle.</translation>
    </message>
    <message>
        <source>The room stays as it is.</source>
        <translation>Der Raum bleibt, wie er ist.</translation>
    </message>
    <message>
        <source>Send it again only if it is meant for them.</source>
        <translation>Senden Sie sie nur noch einmal, wenn sie für diese Person bestimmt ist.</translation>
    </message>
    <message>
        <source>Somebody else has this name in the room by now</source>
        <translation>Diesen Namen hat im Raum inzwischen jemand anderes</translation>
    </message>
</context>
<context>
    <name>Mingle::ErrorView</name>
    <message>
        <source>Technical details</source>
        <translation>Technische Details</translation>
    </message>
</context>
<context>
    <name>Mingle::ExportDialog</name>
    <message>
        <source>Export “%1”</source>
        <translation>„%1“ exportieren</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message>
        <source>Writes all messages that are stored on this computer into a file. Whoever can read the file can read them.</source>
        <translation>Schreibt alle auf diesem Computer gespeicherten Nachrichten in eine Datei. Wer die Datei lesen kann, kann auch die Nachrichten lesen.</translation>
    </message>
    <message>
        <source>Text, to read anywhere</source>
        <translation>Text, überall lesbar</translation>
    </message>
    <message>
        <source>HTML, to read in a browser</source>
        <translation>HTML, zum Lesen im Browser</translation>
    </message>
    <message>
        <source>JSON lines, for programs</source>
        <translation>JSON-Zeilen, für Programme</translation>
    </message>
    <message>
        <source>&amp;Format</source>
        <translation>&amp;Format</translation>
    </message>
    <message>
        <source>F&amp;ile</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>Choose another place…</source>
        <translation>Anderen Ort wählen …</translation>
    </message>
    <message>
        <source>This is not a place for a file.</source>
        <translation>Hier kann keine Datei angelegt werden.</translation>
    </message>
    <message>
        <source>There is a file of this name. “Export” once more replaces it.</source>
        <translation>Es gibt schon eine Datei dieses Namens. Noch einmal „Exportieren“ ersetzt sie.</translation>
    </message>
</context>
<context>
    <name>Mingle::ExportStripView</name>
    <message>
        <source>Show folder</source>
        <translation>Ordner zeigen</translation>
    </message>
    <message>
        <source>Progress of the export</source>
        <translation>Fortschritt des Exports</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Exporting “%1”: %2 of %3 messages</source>
        <translation>„%1“ wird exportiert: %2 von %3 Nachrichten</translation>
    </message>
    <message>
        <source>Exporting “%1”…</source>
        <translation>„%1“ wird exportiert …</translation>
    </message>
    <message>
        <source>Exported “%1” to %2</source>
        <translation>„%1“ exportiert nach %2</translation>
    </message>
    <message>
        <source>“%1” could not be exported.</source>
        <translation>„%1“ konnte nicht exportiert werden.</translation>
    </message>
    <message>
        <source>“%1” could not be exported: %2</source>
        <translation>„%1“ konnte nicht exportiert werden: %2</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>Mingle::ExportWords</name>
    <message>
        <source>%1, as stored on %2</source>
        <translation>%1, Stand %2</translation>
    </message>
    <message>
        <source>Messages are missing here</source>
        <translation>Hier fehlen Nachrichten</translation>
    </message>
    <message>
        <source>This message was deleted.</source>
        <translation>Diese Nachricht wurde gelöscht.</translation>
    </message>
    <message>
        <source>(edited)</source>
        <translation>(bearbeitet)</translation>
    </message>
</context>
<context>
    <name>Mingle::FindRoomDialog</name>
    <message>
        <source>Stop</source>
        <translation>Aufhören</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal versuchen</translation>
    </message>
    <message>
        <source>Find a room</source>
        <translation>Raum finden</translation>
    </message>
    <message>
        <source>Words, an address or a link</source>
        <translation>Wörter, eine Adresse oder ein Link</translation>
    </message>
    <message>
        <source>Clear the line</source>
        <translation>Zeile leeren</translation>
    </message>
    <message>
        <source>With account</source>
        <translation>Mit Konto</translation>
    </message>
    <message>
        <source>Looking for rooms</source>
        <translation>Räume werden gesucht</translation>
    </message>
    <message>
        <source>Rooms found</source>
        <translation>Gefundene Räume</translation>
    </message>
    <message>
        <source>Your &amp;name in the room</source>
        <translation>Ihr &amp;Name im Raum</translation>
    </message>
    <message>
        <source>&amp;Password of the room</source>
        <translation>&amp;Passwort des Raums</translation>
    </message>
    <message>
        <source>Join</source>
        <translation>Beitreten</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Entering the room…</source>
        <translation>Der Raum wird betreten …</translation>
    </message>
    <message>
        <source>Looking for rooms…</source>
        <translation>Räume werden gesucht …</translation>
    </message>
    <message>
        <source>Looking for rooms… %1 of %2</source>
        <translation>Räume werden gesucht … %1 von %2</translation>
    </message>
    <message>
        <source>Looking for rooms… %1</source>
        <translation>Räume werden gesucht … %1</translation>
    </message>
    <message numerus="yes">
        <source>%n room(s) came before.</source>
        <translation>
            <numerusform>%n Raum kam vorher.</numerusform>
            <numerusform>%n Räume kamen vorher.</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 of %2 rooms fit</source>
        <translation>%1 von %2 Räumen passen</translation>
    </message>
    <message numerus="yes">
        <source>%n room(s)</source>
        <translation>
            <numerusform>%n Raum</numerusform>
            <numerusform>%n Räume</numerusform>
        </translation>
    </message>
    <message>
        <source>The first %1 rooms; there are more</source>
        <translation>Die ersten %1 Räume; es gibt noch mehr</translation>
    </message>
    <message>
        <source>(a part of the server did not answer)</source>
        <translation>(ein Teil des Servers hat nicht geantwortet)</translation>
    </message>
    <message>
        <source>No room here fits. Try other words or another place.</source>
        <translation>Kein Raum hier passt. Versuchen Sie es mit anderen Wörtern oder an einem anderen Ort.</translation>
    </message>
    <message>
        <source>Nothing was found. Try other words or another place.</source>
        <translation>Nichts gefunden. Versuchen Sie es mit anderen Wörtern oder an einem anderen Ort.</translation>
    </message>
    <message>
        <source>There are no public rooms here. Choose another place, or type a room&apos;s address.</source>
        <translation>Hier gibt es keine öffentlichen Räume. Wählen Sie einen anderen Ort, oder geben Sie die Adresse eines Raums ein.</translation>
    </message>
    <message>
        <source>Choose a room to see what it is.</source>
        <translation>Wählen Sie einen Raum, um zu sehen, was er ist.</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Stopped before anything came.</source>
        <translation>Abgebrochen, bevor etwas kam.</translation>
    </message>
</context>
<context>
    <name>Mingle::FormDialog</name>
    <message>
        <source>Working</source>
        <translation>In Arbeit</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>&amp;With account</source>
        <translation>&amp;Mit dem Konto</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>Mingle::Forms</name>
    <message>
        <source>Add account</source>
        <translation>Konto hinzufügen</translation>
    </message>
    <message numerus="yes">
        <source>%n person(s) asked in.</source>
        <translation>
            <numerusform>%n Person eingeladen.</numerusform>
            <numerusform>%n Personen eingeladen.</numerusform>
        </translation>
    </message>
    <message>
        <source>The room&apos;s picture</source>
        <translation>Bild des Raumes</translation>
    </message>
    <message>
        <source>Your picture</source>
        <translation>Ihr Bild</translation>
    </message>
    <message>
        <source>The room is made, without its picture: the server does not take one.</source>
        <translation>Der Raum ist angelegt, aber ohne Bild: der Server nimmt keines an.</translation>
    </message>
    <message>
        <source>These could not be asked in: %1</source>
        <translation>Diese konnten nicht eingeladen werden: %1</translation>
    </message>
    <message>
        <source>The old room does not say so, and is still open: it refused.</source>
        <translation>Der alte Raum weist nicht darauf hin und ist noch offen: Er hat es abgelehnt.</translation>
    </message>
    <message>
        <source>The room is made.</source>
        <translation>Der Raum ist angelegt.</translation>
    </message>
</context>
<context>
    <name>Mingle::Headless</name>
    <message>
        <source>Mingle is running with this profile: add the account in its window.</source>
        <translation>Mingle läuft mit diesem Profil: Fügen Sie das Konto in seinem Fenster hinzu.</translation>
    </message>
    <message>
        <source>There is no password on standard input.</source>
        <translation>Auf der Standardeingabe ist kein Passwort.</translation>
    </message>
    <message>
        <source>There is nothing in this profile yet.</source>
        <translation>In diesem Profil ist noch nichts.</translation>
    </message>
    <message>
        <source>There is no room %1 in this profile.</source>
        <translation>In diesem Profil gibt es keinen Raum %1.</translation>
    </message>
</context>
<context>
    <name>Mingle::InvitationCard</name>
    <message>
        <source>Enter the room</source>
        <translation>Raum betreten</translation>
    </message>
    <message>
        <source>No, thanks</source>
        <translation>Nein, danke</translation>
    </message>
    <message>
        <source>Invitation</source>
        <translation>Einladung</translation>
    </message>
    <message>
        <source>Waiting for the room</source>
        <translation>Warten auf den Raum</translation>
    </message>
    <message>
        <source>Your name in the room</source>
        <translation>Ihr Name im Raum</translation>
    </message>
    <message>
        <source>Password of the room</source>
        <translation>Passwort des Raums</translation>
    </message>
    <message>
        <source>%1 asks you into this room.</source>
        <translation>%1 lädt Sie in diesen Raum ein.</translation>
    </message>
    <message>
        <source>%1 asks you into this room. You do not know this address: enter only if you expected it.</source>
        <translation>%1 lädt Sie in diesen Raum ein. Sie kennen diese Adresse nicht: Treten Sie nur ein, wenn Sie damit gerechnet haben.</translation>
    </message>
    <message>
        <source>“%1”</source>
        <translation>„%1“</translation>
    </message>
</context>
<context>
    <name>Mingle::InviteDialog</name>
    <message>
        <source>Ask people into “%1”</source>
        <translation>In „%1“ einladen</translation>
    </message>
    <message>
        <source>Ask</source>
        <translation>Einladen</translation>
    </message>
    <message>
        <source>&amp;People</source>
        <translation>&amp;Personen</translation>
    </message>
    <message>
        <source>&amp;Words to them</source>
        <translation>&amp;Worte an sie</translation>
    </message>
    <message>
        <source>Left empty if you like</source>
        <translation>Darf leer bleiben</translation>
    </message>
    <message>
        <source>“%1” is not an address. One looks like name@example.org.</source>
        <translation>„%1“ ist keine Adresse. Eine sieht aus wie name@example.org.</translation>
    </message>
    <message>
        <source>Whom do you want to ask in?</source>
        <translation>Wen möchten Sie einladen?</translation>
    </message>
    <message>
        <source>Asking…</source>
        <translation>Wird eingeladen …</translation>
    </message>
</context>
<context>
    <name>Mingle::JumpButton</name>
    <message>
        <source>Jump to the newest messages</source>
        <translation>Zu den neuesten Nachrichten</translation>
    </message>
    <message numerus="yes">
        <source>%1, %n unread</source>
        <translation>
            <numerusform>%1, %n ungelesene</numerusform>
            <numerusform>%1, %n ungelesene</numerusform>
        </translation>
    </message>
    <message>
        <source>Back to where you were</source>
        <translation>Zurück zur vorigen Stelle</translation>
    </message>
</context>
<context>
    <name>Mingle::JumpDialog</name>
    <message>
        <source>Nothing here is called that.</source>
        <translation>Nichts mit diesem Namen gefunden.</translation>
    </message>
    <message>
        <source>Jump to</source>
        <translation>Springen zu</translation>
    </message>
    <message>
        <source>Jump to a room or a person</source>
        <translation>Zu einem Raum oder einer Person springen</translation>
    </message>
    <message>
        <source>What fits</source>
        <translation>Treffer</translation>
    </message>
</context>
<context>
    <name>Mingle::LeaveRoomDialog</name>
    <message>
        <source>Leave this room?</source>
        <translation>Diesen Raum verlassen?</translation>
    </message>
    <message>
        <source>Take this talk from the list?</source>
        <translation>Dieses Gespräch aus der Liste entfernen?</translation>
    </message>
    <message>
        <source>Leave</source>
        <translation>Verlassen</translation>
    </message>
    <message>
        <source>Take away</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>You leave “%1” on all your devices. You can join again later, if the room lets you.</source>
        <translation>Sie verlassen „%1“ auf allen Ihren Geräten. Sie können später wieder beitreten, wenn der Raum es erlaubt.</translation>
    </message>
    <message>
        <source>“%1” is no longer shown in the list.</source>
        <translation>„%1“ steht dann nicht mehr in der Liste.</translation>
    </message>
    <message>
        <source>Leaving…</source>
        <translation>Der Raum wird verlassen …</translation>
    </message>
</context>
<context>
    <name>Mingle::MemberActions</name>
    <message>
        <source>Make an owner</source>
        <translation>Zum Besitzer machen</translation>
    </message>
    <message>
        <source>Let look after the room</source>
        <translation>Den Raum betreuen lassen</translation>
    </message>
    <message>
        <source>Make a member</source>
        <translation>Zum Mitglied machen</translation>
    </message>
    <message>
        <source>Make a guest</source>
        <translation>Zum Gast machen</translation>
    </message>
    <message>
        <source>Give the word</source>
        <translation>Das Wort geben</translation>
    </message>
    <message>
        <source>%1 may write again.</source>
        <translation>%1 darf wieder schreiben.</translation>
    </message>
    <message>
        <source>Mute…</source>
        <translation>Stummschalten …</translation>
    </message>
    <message>
        <source>%1 can only read now.</source>
        <translation>%1 kann jetzt nur lesen.</translation>
    </message>
    <message>
        <source>Put out…</source>
        <translation>Hinauswerfen …</translation>
    </message>
    <message>
        <source>%1 was put out.</source>
        <translation>%1 wurde hinausgeworfen.</translation>
    </message>
    <message>
        <source>Keep out for good…</source>
        <translation>Für immer aussperren …</translation>
    </message>
    <message>
        <source>%1 is kept out for good.</source>
        <translation>%1 ist für immer ausgesperrt.</translation>
    </message>
    <message>
        <source>%1 is an owner now.</source>
        <translation>%1 ist jetzt Besitzer.</translation>
    </message>
    <message>
        <source>%1 looks after the room now.</source>
        <translation>%1 betreut jetzt den Raum.</translation>
    </message>
    <message>
        <source>%1 is a member now.</source>
        <translation>%1 ist jetzt Mitglied.</translation>
    </message>
    <message>
        <source>%1 is a guest now.</source>
        <translation>%1 ist jetzt Gast.</translation>
    </message>
    <message>
        <source>Asking the room…</source>
        <translation>Der Raum wird gefragt …</translation>
    </message>
    <message>
        <source>Talk in private</source>
        <translation>Privat sprechen</translation>
    </message>
</context>
<context>
    <name>Mingle::MemberCard</name>
    <message>
        <source>Unknown member</source>
        <translation>Unbekanntes Mitglied</translation>
    </message>
    <message>
        <source>About %1</source>
        <translation>Über %1</translation>
    </message>
    <message>
        <source>In the room</source>
        <translation>Im Raum</translation>
    </message>
    <message>
        <source>Not here now</source>
        <translation>Gerade nicht da</translation>
    </message>
    <message>
        <source>In “%1”</source>
        <translation>In „%1“</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>The room hides it from you</source>
        <translation>Der Raum zeigt sie Ihnen nicht</translation>
    </message>
    <message>
        <source>You call them</source>
        <translation>Bei Ihnen heißt die Person</translation>
    </message>
    <message>
        <source>Between you</source>
        <translation>Zwischen Ihnen</translation>
    </message>
    <message>
        <source>Talk</source>
        <translation>Sprechen</translation>
    </message>
    <message>
        <source>Add to contacts…</source>
        <translation>Zu den Kontakten …</translation>
    </message>
    <message>
        <source>Talk in private</source>
        <translation>Privat sprechen</translation>
    </message>
    <message>
        <source>Copy address</source>
        <translation>Adresse kopieren</translation>
    </message>
</context>
<context>
    <name>Mingle::MemberDelegate</name>
    <message>
        <source>Unknown member</source>
        <translation>Unbekanntes Mitglied</translation>
    </message>
    <message>
        <source>%1 (you)</source>
        <translation>%1 (Sie)</translation>
    </message>
</context>
<context>
    <name>Mingle::MemberDialog</name>
    <message>
        <source>Put %1 out of the room?</source>
        <translation>%1 aus dem Raum werfen?</translation>
    </message>
    <message>
        <source>Keep %1 out for good?</source>
        <translation>%1 für immer aussperren?</translation>
    </message>
    <message>
        <source>Take the word from %1?</source>
        <translation>%1 das Wort entziehen?</translation>
    </message>
    <message>
        <source>They may come back, if the room lets them.</source>
        <translation>Die Person darf wiederkommen, wenn der Raum sie lässt.</translation>
    </message>
    <message>
        <source>They cannot come back until somebody lets them. You can undo it.</source>
        <translation>Die Person kann erst wiederkommen, wenn jemand sie lässt. Sie können es rückgängig machen.</translation>
    </message>
    <message>
        <source>They can read on, but not write. You can undo it.</source>
        <translation>Die Person kann weiter lesen, aber nicht schreiben. Sie können es rückgängig machen.</translation>
    </message>
    <message>
        <source>Put out</source>
        <translation>Hinauswerfen</translation>
    </message>
    <message>
        <source>Keep out</source>
        <translation>Aussperren</translation>
    </message>
    <message>
        <source>Mute</source>
        <translation>Stummschalten</translation>
    </message>
    <message>
        <source>&amp;Reason</source>
        <translation>&amp;Grund</translation>
    </message>
    <message>
        <source>Told to them; left empty if you like</source>
        <translation>Wird ihnen gesagt; darf leer bleiben</translation>
    </message>
    <message>
        <source>Asking the room…</source>
        <translation>Der Raum wird gefragt …</translation>
    </message>
</context>
<context>
    <name>Mingle::MembersView</name>
    <message>
        <source>Members</source>
        <translation>Mitglieder</translation>
    </message>
    <message>
        <source>Filter members</source>
        <translation>Mitglieder filtern</translation>
    </message>
    <message>
        <source>Members of the room</source>
        <translation>Mitglieder des Raums</translation>
    </message>
    <message>
        <source>Close (Esc)</source>
        <translation>Schließen (Esc)</translation>
    </message>
    <message>
        <source>Close the members panel</source>
        <translation>Mitglieder ausblenden</translation>
    </message>
    <message>
        <source>Members · %1</source>
        <translation>Mitglieder · %1</translation>
    </message>
    <message>
        <source>Nobody here is called that.</source>
        <translation>Niemand mit diesem Namen gefunden.</translation>
    </message>
    <message>
        <source>The room does not say who is in it.</source>
        <translation>Der Raum verrät nicht, wer darin ist.</translation>
    </message>
    <message>
        <source>Talk</source>
        <translation>Gespräch beginnen</translation>
    </message>
    <message>
        <source>Copy address</source>
        <translation>Adresse kopieren</translation>
    </message>
    <message>
        <source>The room hides this person&apos;s address</source>
        <translation>Der Raum verbirgt die Adresse dieser Person</translation>
    </message>
    <message>
        <source>About this person</source>
        <translation>Über diese Person</translation>
    </message>
</context>
<context>
    <name>Mingle::MessageLayout</name>
    <message>
        <source>This message was deleted.</source>
        <translation>Diese Nachricht wurde gelöscht.</translation>
    </message>
    <message>
        <source>Too long to show more. Copy the message to read all of it.</source>
        <translation>Zu lang, um mehr anzuzeigen. Kopieren Sie die Nachricht, um sie ganz zu lesen.</translation>
    </message>
    <message>
        <source>Not sent.</source>
        <translation>Nicht gesendet.</translation>
    </message>
    <message>
        <source>Not sent: %1</source>
        <translation>Nicht gesendet: %1</translation>
    </message>
    <message>
        <source>Reply to %1</source>
        <translation>Antwort an %1</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>Alles anzeigen</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal versuchen</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>(edited)</source>
        <translation>(bearbeitet)</translation>
    </message>
    <message>
        <source>In reply to an earlier message</source>
        <translation>Antwort auf eine frühere Nachricht</translation>
    </message>
</context>
<context>
    <name>Mingle::MoveRoomDialog</name>
    <message>
        <source>Move “%1” to a channel</source>
        <translation>„%1“ in einen Kanal umziehen</translation>
    </message>
    <message>
        <source>Move</source>
        <translation>Umziehen</translation>
    </message>
    <message>
        <source>&amp;Close the old room at once</source>
        <translation>Den alten Raum gleich &amp;schließen</translation>
    </message>
    <message>
        <source>In a channel its people stay while they are offline. A new room with the same name is made, all whose address is known are asked in, and what was said here stays above what will be said there.</source>
        <translation>In einem Kanal bleiben die Leute, auch wenn sie offline sind. Ein neuer Raum mit demselben Namen wird angelegt, alle mit bekannter Adresse werden eingeladen, und was hier gesagt wurde, bleibt über dem stehen, was dort gesagt wird.</translation>
    </message>
    <message>
        <source>&amp;Words to them</source>
        <translation>&amp;Worte an sie</translation>
    </message>
    <message>
        <source>Left empty if you like</source>
        <translation>Darf leer bleiben</translation>
    </message>
    <message>
        <source>Everybody is told where to go on. The server forgets what was said in it; what you have on this computer stays. Otherwise its topic tells.</source>
        <translation>Alle erfahren, wo es weitergeht. Der Server vergisst, was darin gesagt wurde; was Sie auf diesem Computer haben, bleibt. Sonst sagt es das Thema.</translation>
    </message>
    <message>
        <source>Moving the room…</source>
        <translation>Der Raum zieht um …</translation>
    </message>
</context>
<context>
    <name>Mingle::NewTalkDialog</name>
    <message>
        <source>Talk to somebody</source>
        <translation>Gespräch beginnen</translation>
    </message>
    <message>
        <source>Talk</source>
        <translation>Gespräch beginnen</translation>
    </message>
    <message>
        <source>&amp;Address of the person</source>
        <translation>&amp;Adresse der Person</translation>
    </message>
    <message>
        <source>name@example.org</source>
        <translation>name@example.org</translation>
    </message>
    <message>
        <source>An address looks like name@example.org.</source>
        <translation>Eine Adresse sieht aus wie name@example.org.</translation>
    </message>
    <message>
        <source>Opening…</source>
        <translation>Wird geöffnet …</translation>
    </message>
</context>
<context>
    <name>Mingle::NickDialog</name>
    <message>
        <source>Everybody in the room sees this name, and your address.</source>
        <translation>Alle im Raum sehen diesen Namen und Ihre Adresse.</translation>
    </message>
    <message>
        <source>Everybody in the room sees this name. You decide who sees your address; those who look after the room always do.</source>
        <translation>Alle im Raum sehen diesen Namen. Sie entscheiden, wer Ihre Adresse sieht; wer den Raum betreut, sieht sie immer.</translation>
    </message>
    <message>
        <source>Everybody in the room sees this name. Your address is seen only by those who look after the room.</source>
        <translation>Alle im Raum sehen diesen Namen. Ihre Adresse sehen nur die, die den Raum betreuen.</translation>
    </message>
    <message>
        <source>Who sees my &amp;address</source>
        <translation>Wer meine &amp;Adresse sieht</translation>
    </message>
    <message>
        <source>&amp;Private messages by way of the room</source>
        <translation>&amp;Private Nachrichten über den Raum</translation>
    </message>
    <message>
        <source>My personal &amp;card</source>
        <translation>Meine &amp;Visitenkarte</translation>
    </message>
    <message>
        <source>When I am &amp;online</source>
        <translation>Wann ich &amp;online bin</translation>
    </message>
    <message>
        <source>As the room has it</source>
        <translation>Wie es der Raum vorsieht</translation>
    </message>
    <message>
        <source>Nobody; I leave if the room demands it</source>
        <translation>Niemand; verlangt es der Raum, gehe ich</translation>
    </message>
    <message>
        <source>Everybody; I leave if the room forbids it</source>
        <translation>Alle; verbietet es der Raum, gehe ich</translation>
    </message>
    <message>
        <source>Nobody, unless the room demands it</source>
        <translation>Niemand, außer der Raum verlangt es</translation>
    </message>
    <message>
        <source>Allowed</source>
        <translation>Erlaubt</translation>
    </message>
    <message>
        <source>Not allowed</source>
        <translation>Nicht erlaubt</translation>
    </message>
    <message>
        <source>Shown to the room</source>
        <translation>Dem Raum gezeigt</translation>
    </message>
    <message>
        <source>Not shown</source>
        <translation>Nicht gezeigt</translation>
    </message>
    <message>
        <source>Your name in this room</source>
        <translation>Ihr Name in diesem Raum</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Ändern</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Name</translation>
    </message>
    <message>
        <source>You need a name in the room.</source>
        <translation>Sie brauchen einen Namen im Raum.</translation>
    </message>
    <message>
        <source>Asking the room…</source>
        <translation>Der Raum wird gefragt …</translation>
    </message>
</context>
<context>
    <name>Mingle::OwnRoomNameDialog</name>
    <message>
        <source>Your name for this room</source>
        <translation>Ihr Name für diesen Raum</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Umbenennen</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Name</translation>
    </message>
    <message>
        <source>Only you see it, on all your devices. Leave it empty to call the room “%1”, as the others do.</source>
        <translation>Nur Sie sehen ihn, auf allen Ihren Geräten. Lassen Sie das Feld leer, heißt der Raum „%1“ wie bei den anderen.</translation>
    </message>
</context>
<context>
    <name>Mingle::PasswordField</name>
    <message>
        <source>Password</source>
        <translation>Passwort</translation>
    </message>
    <message>
        <source>Show the password</source>
        <translation>Passwort anzeigen</translation>
    </message>
    <message>
        <source>Hide the password</source>
        <translation>Passwort verbergen</translation>
    </message>
</context>
<context>
    <name>Mingle::PeopleField</name>
    <message>
        <source>ada@example.org, grace@example.org</source>
        <translation>ada@example.org, grace@example.org</translation>
    </message>
</context>
<context>
    <name>Mingle::PersonActions</name>
    <message>
        <source>Add to contacts…</source>
        <translation>Zu den Kontakten hinzufügen …</translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation>Umbenennen …</translation>
    </message>
    <message>
        <source>Ask to see when they are online</source>
        <translation>Fragen, ob man sehen darf, wann die Person online ist</translation>
    </message>
    <message>
        <source>Show them when I am online</source>
        <translation>Der Person zeigen, wann ich online bin</translation>
    </message>
    <message>
        <source>Hide from them when I am online</source>
        <translation>Vor der Person verbergen, wann ich online bin</translation>
    </message>
    <message>
        <source>Remove from contacts…</source>
        <translation>Aus den Kontakten entfernen …</translation>
    </message>
    <message>
        <source>Block…</source>
        <translation>Blockieren …</translation>
    </message>
    <message>
        <source>Unblock</source>
        <translation>Nicht mehr blockieren</translation>
    </message>
    <message>
        <source>%1 is asked.</source>
        <translation>%1 wird gefragt.</translation>
    </message>
    <message>
        <source>%1 sees when you are online.</source>
        <translation>%1 sieht, wann Sie online sind.</translation>
    </message>
    <message>
        <source>%1 no longer sees when you are online.</source>
        <translation>%1 sieht nicht mehr, wann Sie online sind.</translation>
    </message>
    <message>
        <source>The request is gone. They are not told.</source>
        <translation>Die Anfrage ist weg. Die Person erfährt davon nichts.</translation>
    </message>
    <message>
        <source>%1 does not see when you are online.</source>
        <translation>%1 sieht nicht, wann Sie online sind.</translation>
    </message>
    <message>
        <source>%1 is no contact of yours any more.</source>
        <translation>%1 gehört nicht mehr zu Ihren Kontakten.</translation>
    </message>
    <message>
        <source>%1 is blocked and reported.</source>
        <translation>%1 ist blockiert und gemeldet.</translation>
    </message>
    <message>
        <source>%1 is blocked.</source>
        <translation>%1 ist blockiert.</translation>
    </message>
    <message>
        <source>%1 can reach you again.</source>
        <translation>%1 kann Sie wieder erreichen.</translation>
    </message>
    <message>
        <source>Asking the server…</source>
        <translation>Der Server wird gefragt …</translation>
    </message>
</context>
<context>
    <name>Mingle::PictureDialog</name>
    <message>
        <source>Set</source>
        <translation>Übernehmen</translation>
    </message>
    <message>
        <source>Setting the picture…</source>
        <translation>Das Bild wird gesetzt …</translation>
    </message>
</context>
<context>
    <name>Mingle::PictureField</name>
    <message>
        <source>Choose…</source>
        <translation>Wählen …</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Choose a picture</source>
        <translation>Bild wählen</translation>
    </message>
    <message>
        <source>Remove the picture</source>
        <translation>Bild entfernen</translation>
    </message>
    <message>
        <source>Pictures (%1)</source>
        <translation>Bilder (%1)</translation>
    </message>
    <message>
        <source>This file is too large for a picture.</source>
        <translation>Diese Datei ist zu groß für ein Bild.</translation>
    </message>
    <message>
        <source>This file cannot be read.</source>
        <translation>Diese Datei kann nicht gelesen werden.</translation>
    </message>
    <message>
        <source>This is not a picture that can be used. Choose a PNG, JPEG, WebP or GIF file.</source>
        <translation>Das ist kein verwendbares Bild. Wählen Sie eine Datei in PNG, JPEG, WebP oder GIF.</translation>
    </message>
</context>
<context>
    <name>Mingle::PlaceChooser</name>
    <message>
        <source>Where to look</source>
        <translation>Wo gesucht wird</translation>
    </message>
    <message>
        <source>Look there</source>
        <translation>Dort suchen</translation>
    </message>
    <message>
        <source>Search the network, by %1</source>
        <translation>Im ganzen Netz suchen, über %1</translation>
    </message>
    <message>
        <source>My server: %1</source>
        <translation>Mein Server: %1</translation>
    </message>
    <message>
        <source>Another server…</source>
        <translation>Ein anderer Server …</translation>
    </message>
    <message>
        <source>Another search service…</source>
        <translation>Ein anderer Suchdienst …</translation>
    </message>
    <message>
        <source>search.example.org</source>
        <translation>suche.example.org</translation>
    </message>
    <message>
        <source>example.org</source>
        <translation>example.org</translation>
    </message>
    <message>
        <source>Address of the search service</source>
        <translation>Adresse des Suchdienstes</translation>
    </message>
    <message>
        <source>Address of the server</source>
        <translation>Adresse des Servers</translation>
    </message>
    <message>
        <source>What you search for is told to this service.</source>
        <translation>Dieser Dienst erfährt, wonach Sie suchen.</translation>
    </message>
    <message>
        <source>A server&apos;s address looks like example.org.</source>
        <translation>Die Adresse eines Servers sieht aus wie example.org.</translation>
    </message>
</context>
<context>
    <name>Mingle::Program</name>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>%1 asks you into this room.</source>
        <translation>%1 lädt Sie in diesen Raum ein.</translation>
    </message>
</context>
<context>
    <name>Mingle::QrCodeView</name>
    <message>
        <source>QR code of %1</source>
        <translation>QR-Code von %1</translation>
    </message>
</context>
<context>
    <name>Mingle::RemoveContactDialog</name>
    <message>
        <source>Remove this contact?</source>
        <translation>Diesen Kontakt entfernen?</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>You and %1 no longer see when the other one is online. What you have said to each other stays.</source>
        <translation>Sie und %1 sehen nicht mehr, wann der andere online ist. Was Sie einander geschrieben haben, bleibt.</translation>
    </message>
    <message>
        <source>Asking the server…</source>
        <translation>Der Server wird gefragt …</translation>
    </message>
</context>
<context>
    <name>Mingle::RenameContactDialog</name>
    <message>
        <source>Your name for %1</source>
        <translation>Ihr Name für %1</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Umbenennen</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Name</translation>
    </message>
    <message>
        <source>Only you see it, on all your devices.</source>
        <translation>Nur Sie sehen ihn, auf allen Ihren Geräten.</translation>
    </message>
    <message>
        <source>Asking the server…</source>
        <translation>Der Server wird gefragt …</translation>
    </message>
</context>
<context>
    <name>Mingle::RequestBar</name>
    <message>
        <source>Accept</source>
        <translation>Annehmen</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>Verwerfen</translation>
    </message>
    <message>
        <source>Block…</source>
        <translation>Blockieren …</translation>
    </message>
    <message>
        <source>Allow</source>
        <translation>Erlauben</translation>
    </message>
    <message>
        <source>Decline</source>
        <translation>Ablehnen</translation>
    </message>
    <message>
        <source>Unblock</source>
        <translation>Nicht mehr blockieren</translation>
    </message>
    <message>
        <source>You have blocked %1. Nothing from them reaches you.</source>
        <translation>Sie haben %1 blockiert. Von dort erreicht Sie nichts.</translation>
    </message>
    <message>
        <source>You do not know %1. They do not learn that you have read this, nor whether you are online, until you answer.</source>
        <translation>Sie kennen %1 nicht. Bis Sie antworten, erfährt die Person weder, dass Sie dies gelesen haben, noch ob Sie online sind.</translation>
    </message>
    <message>
        <source>%1 would like to see when you are online.</source>
        <translation>%1 möchte sehen, wann Sie online sind.</translation>
    </message>
    <message>
        <source>%1 would like to see when you are online, and to be one of your contacts.</source>
        <translation>%1 möchte sehen, wann Sie online sind, und zu Ihren Kontakten gehören.</translation>
    </message>
    <message>
        <source>%1, who goes by the name of “%2”, would like to see when you are online, and to be one of your contacts.</source>
        <translation>%1, mit dem Namen „%2“, möchte sehen, wann Sie online sind, und zu Ihren Kontakten gehören.</translation>
    </message>
</context>
<context>
    <name>Mingle::RoomCardView</name>
    <message>
        <source>MIX channel</source>
        <translation>MIX-Kanal</translation>
    </message>
    <message>
        <source>MUC room</source>
        <translation>MUC-Raum</translation>
    </message>
    <message>
        <source>About the room</source>
        <translation>Über den Raum</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Details</translation>
    </message>
    <message>
        <source>Now: %1</source>
        <translation>Jetzt: %1</translation>
    </message>
    <message>
        <source>Asking the room what it is…</source>
        <translation>Der Raum wird gefragt, was er ist …</translation>
    </message>
    <message>
        <source>The same room for other programs: %1</source>
        <translation>Derselbe Raum für andere Programme: %1</translation>
    </message>
    <message>
        <source>Can be used as a MIX channel and as a MUC room</source>
        <translation>Als MIX-Kanal und als MUC-Raum benutzbar</translation>
    </message>
</context>
<context>
    <name>Mingle::RoomCardWords</name>
    <message>
        <source>Only members may enter: somebody in it has to let you in.</source>
        <translation>Nur für Mitglieder: Jemand darin muss Sie einlassen.</translation>
    </message>
    <message>
        <source>It asks for a password.</source>
        <translation>Er verlangt ein Passwort.</translation>
    </message>
    <message>
        <source>Anybody may enter.</source>
        <translation>Jeder darf hinein.</translation>
    </message>
    <message>
        <source>It asks for a password, too.</source>
        <translation>Er verlangt außerdem ein Passwort.</translation>
    </message>
    <message>
        <source>Newcomers may have to wait until somebody lets them write.</source>
        <translation>Wer neu ist, muss vielleicht warten, bis ihn jemand schreiben lässt.</translation>
    </message>
    <message>
        <source>You are in this room.</source>
        <translation>Sie sind in diesem Raum.</translation>
    </message>
    <message>
        <source>Spoken there: %1</source>
        <translation>Sprache dort: %1</translation>
    </message>
    <message>
        <source>Everybody in it sees your address.</source>
        <translation>Alle darin sehen Ihre Adresse.</translation>
    </message>
    <message>
        <source>Only those who look after it see your address.</source>
        <translation>Nur wer sich um ihn kümmert, sieht Ihre Adresse.</translation>
    </message>
    <message>
        <source>Messages in it can be encrypted for its members.</source>
        <translation>Nachrichten darin können für die Mitglieder verschlüsselt werden.</translation>
    </message>
    <message>
        <source>Messages in it cannot be encrypted: that takes a room for members only.</source>
        <translation>Nachrichten darin können nicht verschlüsselt werden: Das geht nur in Räumen für Mitglieder.</translation>
    </message>
    <message>
        <source>Messages in it cannot be encrypted: its members do not know each other.</source>
        <translation>Nachrichten darin können nicht verschlüsselt werden: Die Mitglieder sehen die Adressen der anderen nicht.</translation>
    </message>
    <message>
        <source>Earlier messages are kept for those who enter.</source>
        <translation>Frühere Nachrichten werden aufbewahrt für alle, die hineinkommen.</translation>
    </message>
    <message>
        <source>Earlier messages are not kept.</source>
        <translation>Frühere Nachrichten werden nicht aufbewahrt.</translation>
    </message>
    <message>
        <source>It is hidden: only those who know its address find it.</source>
        <translation>Er ist verborgen: Nur wer seine Adresse kennt, findet ihn.</translation>
    </message>
    <message>
        <source>It ends when the last one leaves.</source>
        <translation>Er endet, wenn der Letzte geht.</translation>
    </message>
    <message>
        <source>Nobody is in it now.</source>
        <translation>Gerade ist niemand darin.</translation>
    </message>
    <message numerus="yes">
        <source>%n person(s) in it now</source>
        <translation>
            <numerusform>Gerade %n Mensch darin</numerusform>
            <numerusform>Gerade %n Menschen darin</numerusform>
        </translation>
    </message>
    <message>
        <source>you are in it</source>
        <translation>Sie sind darin</translation>
    </message>
    <message>
        <source>members only</source>
        <translation>nur für Mitglieder</translation>
    </message>
    <message>
        <source>with a password</source>
        <translation>mit Passwort</translation>
    </message>
    <message>
        <source>The search service wants a pause</source>
        <translation>Der Suchdienst möchte eine Pause</translation>
    </message>
    <message>
        <source>It takes only so many questions at a time.</source>
        <translation>Er nimmt nur eine begrenzte Zahl von Fragen an.</translation>
    </message>
    <message numerus="yes">
        <source>Try again in %n second(s).</source>
        <translation>
            <numerusform>Versuchen Sie es in %n Sekunde noch einmal.</numerusform>
            <numerusform>Versuchen Sie es in %n Sekunden noch einmal.</numerusform>
        </translation>
    </message>
    <message>
        <source>These words cannot be searched for</source>
        <translation>Nach diesen Wörtern kann nicht gesucht werden</translation>
    </message>
    <message>
        <source>Try longer or other words.</source>
        <translation>Versuchen Sie es mit längeren oder anderen Wörtern.</translation>
    </message>
    <message>
        <source>What are you looking for?</source>
        <translation>Wonach suchen Sie?</translation>
    </message>
    <message>
        <source>Type a word or two.</source>
        <translation>Geben Sie ein oder zwei Wörter ein.</translation>
    </message>
    <message>
        <source>There is no search here</source>
        <translation>Hier gibt es keine Suche</translation>
    </message>
    <message>
        <source>Something else answers at this address.</source>
        <translation>Unter dieser Adresse antwortet etwas anderes.</translation>
    </message>
    <message>
        <source>Choose another place.</source>
        <translation>Wählen Sie einen anderen Ort.</translation>
    </message>
    <message>
        <source>%1 has no rooms</source>
        <translation>%1 hat keine Räume</translation>
    </message>
    <message>
        <source>Choose another place, or type a room&apos;s address.</source>
        <translation>Wählen Sie einen anderen Ort, oder geben Sie die Adresse eines Raums ein.</translation>
    </message>
    <message>
        <source>%1 does not show its rooms</source>
        <translation>%1 zeigt seine Räume nicht</translation>
    </message>
    <message>
        <source>If you know a room&apos;s address, type it above.</source>
        <translation>Wenn Sie die Adresse eines Raums kennen, geben Sie sie oben ein.</translation>
    </message>
    <message>
        <source>%1 does not say what it has</source>
        <translation>%1 sagt nicht, was es dort gibt</translation>
    </message>
    <message>
        <source>You are not connected</source>
        <translation>Sie sind nicht verbunden</translation>
    </message>
    <message>
        <source>Try again when you are. What you joined is in the list of rooms.</source>
        <translation>Versuchen Sie es noch einmal, wenn Sie es sind. Ihre Räume stehen in der Raumliste.</translation>
    </message>
    <message>
        <source>%1 was not found</source>
        <translation>%1 wurde nicht gefunden</translation>
    </message>
    <message>
        <source>There is no chat server under this name, or it is switched off.</source>
        <translation>Unter diesem Namen gibt es keinen Chat-Server, oder er ist ausgeschaltet.</translation>
    </message>
    <message>
        <source>Check how it is written.</source>
        <translation>Prüfen Sie die Schreibweise.</translation>
    </message>
    <message>
        <source>%1 does not answer</source>
        <translation>%1 antwortet nicht</translation>
    </message>
    <message>
        <source>Try again in a moment.</source>
        <translation>Versuchen Sie es gleich noch einmal.</translation>
    </message>
</context>
<context>
    <name>Mingle::RoomDelegate</name>
    <message>
        <source>%1 asks you in</source>
        <translation>%1 lädt Sie ein</translation>
    </message>
    <message>
        <source>blocked</source>
        <translation>blockiert</translation>
    </message>
    <message>
        <source>would like to see when you are online</source>
        <translation>möchte sehen, wann Sie online sind</translation>
    </message>
</context>
<context>
    <name>Mingle::RoomDetailsDialog</name>
    <message>
        <source>MIX channel</source>
        <translation>MIX-Kanal</translation>
    </message>
    <message>
        <source>MUC room</source>
        <translation>MUC-Raum</translation>
    </message>
    <message>
        <source>Talk between two</source>
        <translation>Gespräch zu zweit</translation>
    </message>
    <message>
        <source>About this room</source>
        <translation>Über diesen Raum</translation>
    </message>
    <message>
        <source>About this person</source>
        <translation>Über diese Person</translation>
    </message>
    <message>
        <source>What it is about</source>
        <translation>Worum es geht</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>With your account</source>
        <translation>Mit Ihrem Konto</translation>
    </message>
    <message>
        <source>Your name in it</source>
        <translation>Ihr Name darin</translation>
    </message>
    <message>
        <source>Members</source>
        <translation>Mitglieder</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>Jetzt</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>Older messages</source>
        <translation>Ältere Nachrichten</translation>
    </message>
    <message>
        <source>kept by the server</source>
        <translation>werden vom Server aufbewahrt</translation>
    </message>
    <message>
        <source>not kept by the server, only on this computer</source>
        <translation>werden nicht vom Server aufbewahrt, nur auf diesem Computer</translation>
    </message>
    <message>
        <source>Copy address</source>
        <translation>Adresse kopieren</translation>
    </message>
    <message>
        <source>Try to join</source>
        <translation>Erneut beitreten</translation>
    </message>
    <message>
        <source>Leave…</source>
        <translation>Verlassen …</translation>
    </message>
    <message>
        <source>Calls themselves</source>
        <translation>Nennt sich</translation>
    </message>
    <message>
        <source>Between you</source>
        <translation>Zwischen Ihnen</translation>
    </message>
    <message>
        <source>Called by the others</source>
        <translation>Bei den anderen heißt er</translation>
    </message>
    <message>
        <source>What it is for</source>
        <translation>Wofür er ist</translation>
    </message>
</context>
<context>
    <name>Mingle::RoomHeaderView</name>
    <message>
        <source>Back to the list</source>
        <translation>Zurück zur Liste</translation>
    </message>
    <message>
        <source>Members</source>
        <translation>Mitglieder</translation>
    </message>
    <message>
        <source>About this room</source>
        <translation>Über diesen Raum</translation>
    </message>
    <message>
        <source>Show or hide the members (Ctrl+I)</source>
        <translation>Mitglieder ein- oder ausblenden (Strg+I)</translation>
    </message>
    <message>
        <source>About this person</source>
        <translation>Über diese Person</translation>
    </message>
    <message numerus="yes">
        <source>%n member(s)</source>
        <translation>
            <numerusform>%n Mitglied</numerusform>
            <numerusform>%n Mitglieder</numerusform>
        </translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Suche</translation>
    </message>
    <message>
        <source>Search here (Ctrl+F)</source>
        <translation>Hier suchen (Strg+F)</translation>
    </message>
    <message>
        <source>In private, by way of “%1”</source>
        <translation>Privat, über „%1“</translation>
    </message>
</context>
<context>
    <name>Mingle::RoomList</name>
    <message>
        <source>Rooms and people</source>
        <translation>Räume und Personen</translation>
    </message>
</context>
<context>
    <name>Mingle::RoomListView</name>
    <message>
        <source>Filter</source>
        <translation>Filtern</translation>
    </message>
    <message>
        <source>Filter rooms and people</source>
        <translation>Räume und Personen filtern</translation>
    </message>
    <message>
        <source>Menu</source>
        <translation>Menü</translation>
    </message>
    <message>
        <source>New room or talk</source>
        <translation>Neuer Raum oder neues Gespräch</translation>
    </message>
    <message>
        <source>My account</source>
        <translation>Mein Konto</translation>
    </message>
    <message numerus="yes">
        <source>%1 and %n more</source>
        <translation>
            <numerusform>%1 und %n weiteres</numerusform>
            <numerusform>%1 und %n weitere</numerusform>
        </translation>
    </message>
    <message>
        <source>My account: %1, %2</source>
        <translation>Mein Konto: %1, %2</translation>
    </message>
    <message>
        <source>Nothing here is called that.</source>
        <translation>Nichts mit diesem Namen gefunden.</translation>
    </message>
    <message>
        <source>Look for it outside…</source>
        <translation>Anderswo suchen …</translation>
    </message>
    <message>
        <source>No rooms yet.
Find one, or make your own.</source>
        <translation>Noch keine Räume.\nFinden Sie einen, oder machen Sie einen eigenen auf.</translation>
    </message>
    <message>
        <source>Find a room…</source>
        <translation>Raum finden …</translation>
    </message>
</context>
<context>
    <name>Mingle::RoomMenu</name>
    <message>
        <source>Ask people in…</source>
        <translation>Einladen …</translation>
    </message>
    <message>
        <source>My name here…</source>
        <translation>Mein Name hier …</translation>
    </message>
    <message>
        <source>Change the topic…</source>
        <translation>Thema ändern …</translation>
    </message>
    <message>
        <source>Room settings…</source>
        <translation>Einstellungen des Raums …</translation>
    </message>
    <message>
        <source>Who may enter…</source>
        <translation>Wer eintreten darf …</translation>
    </message>
    <message>
        <source>People kept out…</source>
        <translation>Ausgesperrte …</translation>
    </message>
    <message>
        <source>End this room for all…</source>
        <translation>Raum für alle beenden …</translation>
    </message>
    <message>
        <source>Ctrl+Shift+I</source>
        <translation>Ctrl+Shift+I</translation>
    </message>
    <message>
        <source>The room&apos;s picture…</source>
        <translation>Bild des Raumes …</translation>
    </message>
    <message>
        <source>Move to a channel…</source>
        <translation>In einen Kanal umziehen …</translation>
    </message>
</context>
<context>
    <name>Mingle::RoomPeopleDialog</name>
    <message>
        <source>People kept out</source>
        <translation>Ausgesperrte</translation>
    </message>
    <message>
        <source>Who may enter</source>
        <translation>Wer eintreten darf</translation>
    </message>
    <message>
        <source>%1: “%2”</source>
        <comment>list of people: room</comment>
        <translation>%1: „%2“</translation>
    </message>
    <message>
        <source>Let back in</source>
        <translation>Wieder hereinlassen</translation>
    </message>
    <message>
        <source>Take off the list</source>
        <translation>Von der Liste nehmen</translation>
    </message>
    <message>
        <source>name@example.org, or a whole server: example.org</source>
        <translation>name@example.org oder ein ganzer Server: example.org</translation>
    </message>
    <message>
        <source>Address to add</source>
        <translation>Hinzuzufügende Adresse</translation>
    </message>
    <message>
        <source>Keep out</source>
        <translation>Aussperren</translation>
    </message>
    <message>
        <source>Let in</source>
        <translation>Hereinlassen</translation>
    </message>
    <message>
        <source>Asking the room…</source>
        <translation>Der Raum wird gefragt …</translation>
    </message>
    <message>
        <source>%1 – %2</source>
        <comment>address – reason</comment>
        <translation>%1 – %2</translation>
    </message>
    <message>
        <source>Nobody is kept out.</source>
        <translation>Niemand ist ausgesperrt.</translation>
    </message>
    <message>
        <source>Nobody is on the list.</source>
        <translation>Niemand steht auf der Liste.</translation>
    </message>
    <message>
        <source>This is not an address</source>
        <translation>Das ist keine Adresse</translation>
    </message>
    <message>
        <source>One looks like name@example.org.</source>
        <translation>Eine sieht aus wie name@example.org.</translation>
    </message>
</context>
<context>
    <name>Mingle::RoomSettingsDialog</name>
    <message>
        <source>Room settings</source>
        <translation>Einstellungen des Raums</translation>
    </message>
    <message>
        <source>Settings of “%1”</source>
        <translation>Einstellungen von „%1“</translation>
    </message>
    <message>
        <source>Waiting for the room</source>
        <translation>Warten auf den Raum</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Asking the room…</source>
        <translation>Der Raum wird gefragt …</translation>
    </message>
    <message>
        <source>Telling the room…</source>
        <translation>Wird dem Raum gesagt …</translation>
    </message>
</context>
<context>
    <name>Mingle::RoomWords</name>
    <message>
        <source>Needs you</source>
        <translation>Für Sie</translation>
    </message>
    <message>
        <source>Rooms</source>
        <translation>Räume</translation>
    </message>
    <message>
        <source>People</source>
        <translation>Personen</translation>
    </message>
    <message>
        <source>room</source>
        <translation>Raum</translation>
    </message>
    <message>
        <source>person</source>
        <translation>Person</translation>
    </message>
    <message numerus="yes">
        <source>%n mention(s) of you</source>
        <translation>
            <numerusform>%n Erwähnung von Ihnen</numerusform>
            <numerusform>%n Erwähnungen von Ihnen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n unread message(s)</source>
        <translation>
            <numerusform>%n ungelesene Nachricht</numerusform>
            <numerusform>%n ungelesene Nachrichten</numerusform>
        </translation>
    </message>
    <message>
        <source>last message %1, %2</source>
        <translation>letzte Nachricht %1, %2</translation>
    </message>
    <message>
        <source>Owners</source>
        <translation>Eigentümer</translation>
    </message>
    <message>
        <source>Look after the room</source>
        <translation>Betreuen den Raum</translation>
    </message>
    <message>
        <source>Members</source>
        <translation>Mitglieder</translation>
    </message>
    <message>
        <source>Guests</source>
        <translation>Gäste</translation>
    </message>
    <message>
        <source>Muted</source>
        <translation>Stummgeschaltet</translation>
    </message>
    <message>
        <source>Unknown member</source>
        <translation>Unbekanntes Mitglied</translation>
    </message>
    <message>
        <source>you</source>
        <translation>Sie</translation>
    </message>
    <message>
        <source>in the room</source>
        <translation>im Raum</translation>
    </message>
    <message>
        <source>not here now</source>
        <translation>gerade nicht da</translation>
    </message>
    <message>
        <source>online</source>
        <translation>online</translation>
    </message>
    <message>
        <source>glad to talk</source>
        <translation>gesprächsbereit</translation>
    </message>
    <message>
        <source>away</source>
        <translation>abwesend</translation>
    </message>
    <message>
        <source>away for long</source>
        <translation>länger abwesend</translation>
    </message>
    <message>
        <source>do not disturb</source>
        <translation>nicht stören</translation>
    </message>
    <message>
        <source>offline</source>
        <translation>offline</translation>
    </message>
    <message>
        <source>owner</source>
        <translation>Eigentümer</translation>
    </message>
    <message>
        <source>looks after the room</source>
        <translation>betreut den Raum</translation>
    </message>
    <message>
        <source>member</source>
        <translation>Mitglied</translation>
    </message>
    <message>
        <source>guest</source>
        <translation>Gast</translation>
    </message>
    <message>
        <source>muted</source>
        <translation>stummgeschaltet</translation>
    </message>
    <message>
        <source>Offline</source>
        <translation>Offline</translation>
    </message>
    <message>
        <source>Needs the password</source>
        <translation>Passwort nötig</translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation>Verbindung wird hergestellt …</translation>
    </message>
    <message>
        <source>Catching up…</source>
        <translation>Verpasstes wird geladen …</translation>
    </message>
    <message>
        <source>Online</source>
        <translation>Online</translation>
    </message>
    <message>
        <source>Not connected</source>
        <translation>Nicht verbunden</translation>
    </message>
    <message>
        <source>Signing in…</source>
        <translation>Anmeldung läuft …</translation>
    </message>
    <message>
        <source>Favourites</source>
        <translation>Favoriten</translation>
    </message>
    <message>
        <source>%1 asks you in</source>
        <translation>%1 lädt Sie ein</translation>
    </message>
    <message>
        <source>favourite</source>
        <translation>Favorit</translation>
    </message>
    <message>
        <source>notifications off</source>
        <translation>Benachrichtigungen aus</translation>
    </message>
    <message>
        <source>Requests</source>
        <translation>Anfragen</translation>
    </message>
    <message>
        <source>a request of somebody you do not know</source>
        <translation>eine Anfrage von jemandem, den Sie nicht kennen</translation>
    </message>
    <message>
        <source>blocked</source>
        <translation>blockiert</translation>
    </message>
    <message>
        <source>You have blocked them.</source>
        <translation>Sie haben die Person blockiert.</translation>
    </message>
    <message>
        <source>They are not among your contacts.</source>
        <translation>Die Person gehört nicht zu Ihren Kontakten.</translation>
    </message>
    <message>
        <source>You see when they are online, they do not see when you are.</source>
        <translation>Sie sehen, wann die Person online ist; sie sieht nicht, wann Sie es sind.</translation>
    </message>
    <message>
        <source>They see when you are online, you do not see when they are.</source>
        <translation>Die Person sieht, wann Sie online sind; Sie sehen nicht, wann sie es ist.</translation>
    </message>
    <message>
        <source>Neither sees when the other one is online.</source>
        <translation>Keiner sieht, wann der andere online ist.</translation>
    </message>
    <message>
        <source>You have asked to see it, and they have not answered yet.</source>
        <translation>Sie haben darum gebeten, es zu sehen, und noch keine Antwort bekommen.</translation>
    </message>
    <message>
        <source>Each of you sees when the other one is online.</source>
        <translation>Beide sehen, wann der andere online ist.</translation>
    </message>
    <message>
        <source>would like to see when you are online</source>
        <translation>möchte sehen, wann Sie online sind</translation>
    </message>
    <message>
        <source>in private, by way of the room %1</source>
        <translation>privat, über den Raum %1</translation>
    </message>
</context>
<context>
    <name>Mingle::Run</name>
    <message>
        <source>Another Mingle has this profile open, but does not answer.</source>
        <translation>Ein anderes Mingle hat dieses Profil offen, antwortet aber nicht.</translation>
    </message>
</context>
<context>
    <name>Mingle::SearchDelegate</name>
    <message>
        <source>%1, %2: %3</source>
        <translation>%1, %2: %3</translation>
    </message>
    <message>
        <source>%1 in %2, %3: %4</source>
        <translation>%1 in %2, %3: %4</translation>
    </message>
</context>
<context>
    <name>Mingle::SearchView</name>
    <message>
        <source>Search</source>
        <translation>Suche</translation>
    </message>
    <message>
        <source>Search messages</source>
        <translation>Nachrichten durchsuchen</translation>
    </message>
    <message>
        <source>Messages found</source>
        <translation>Gefundene Nachrichten</translation>
    </message>
    <message>
        <source>Close (Esc)</source>
        <translation>Schließen (Esc)</translation>
    </message>
    <message>
        <source>Close the search</source>
        <translation>Suche schließen</translation>
    </message>
    <message>
        <source>This room</source>
        <translation>Dieser Raum</translation>
    </message>
    <message>
        <source>Everywhere</source>
        <translation>Überall</translation>
    </message>
    <message>
        <source>Order: %1</source>
        <translation>Reihenfolge: %1</translation>
    </message>
    <message>
        <source>Newest first</source>
        <translation>Neueste zuerst</translation>
    </message>
    <message>
        <source>Best first</source>
        <translation>Beste zuerst</translation>
    </message>
    <message>
        <source>exactly these words in a row</source>
        <translation>genau diese Wörter hintereinander</translation>
    </message>
    <message>
        <source>by somebody, as in from:ada</source>
        <translation>von jemandem, etwa from:ada</translation>
    </message>
    <message>
        <source>in a room or with a person</source>
        <translation>in einem Raum oder mit einer Person</translation>
    </message>
    <message>
        <source>from a day on, as in after:2026-03-14</source>
        <translation>ab einem Tag, etwa after:2026-03-14</translation>
    </message>
    <message>
        <source>earlier than a day, a month or a year</source>
        <translation>vor einem Tag, Monat oder Jahr</translation>
    </message>
    <message>
        <source>with a link; has:file with a file</source>
        <translation>mit Link; has:file mit Datei</translation>
    </message>
    <message>
        <source>where you are named</source>
        <translation>wo Sie erwähnt werden</translation>
    </message>
    <message>
        <source>This talk</source>
        <translation>Dieses Gespräch</translation>
    </message>
    <message>
        <source>Nothing found.</source>
        <translation>Nichts gefunden.</translation>
    </message>
    <message>
        <source>More than %1 messages</source>
        <translation>Mehr als %1 Nachrichten</translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) found</source>
        <translation>
            <numerusform>%n Nachricht gefunden</numerusform>
            <numerusform>%n Nachrichten gefunden</numerusform>
        </translation>
    </message>
    <message>
        <source>Clear the search</source>
        <translation>Suche leeren</translation>
    </message>
</context>
<context>
    <name>Mingle::SendButton</name>
    <message>
        <source>Send</source>
        <translation>Senden</translation>
    </message>
    <message>
        <source>Send (Enter)</source>
        <translation>Senden (Eingabetaste)</translation>
    </message>
</context>
<context>
    <name>Mingle::SettingWords</name>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>What it is for</source>
        <translation>Wofür er ist</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Whom to ask about it</source>
        <translation>Ansprechpartner</translation>
    </message>
    <message>
        <source>Only members may enter</source>
        <translation>Nur Mitglieder dürfen eintreten</translation>
    </message>
    <message>
        <source>Shown in the server&apos;s list of rooms</source>
        <translation>Steht in der Raumliste des Servers</translation>
    </message>
    <message>
        <source>Members may ask others in</source>
        <translation>Mitglieder dürfen andere einladen</translation>
    </message>
    <message>
        <source>Needs a password</source>
        <translation>Braucht ein Passwort</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Passwort</translation>
    </message>
    <message>
        <source>How many may be in it</source>
        <translation>Wie viele darin sein dürfen</translation>
    </message>
    <message>
        <source>Owners</source>
        <translation>Besitzer</translation>
    </message>
    <message>
        <source>Who looks after it</source>
        <translation>Wer ihn betreut</translation>
    </message>
    <message>
        <source>Everybody needs a name in it</source>
        <translation>Alle brauchen darin einen Namen</translation>
    </message>
    <message>
        <source>Newcomers may only read until they are given the word</source>
        <translation>Neue dürfen nur lesen, bis sie das Wort bekommen</translation>
    </message>
    <message>
        <source>Whoever enters may write at once</source>
        <translation>Wer eintritt, darf gleich schreiben</translation>
    </message>
    <message>
        <source>Everybody may change the topic</source>
        <translation>Alle dürfen das Thema ändern</translation>
    </message>
    <message>
        <source>Who may write in private</source>
        <translation>Wer privat schreiben darf</translation>
    </message>
    <message>
        <source>People may write to each other in private</source>
        <translation>Privates Schreiben untereinander ist erlaubt</translation>
    </message>
    <message>
        <source>People may take back what they said</source>
        <translation>Eigene Nachrichten dürfen zurückgenommen werden</translation>
    </message>
    <message>
        <source>Who may take back what others said</source>
        <translation>Wer Nachrichten anderer zurücknehmen darf</translation>
    </message>
    <message>
        <source>Who sees people&apos;s addresses</source>
        <translation>Wer die Adressen sieht</translation>
    </message>
    <message>
        <source>Outsiders may see who is in it</source>
        <translation>Außenstehende sehen, wer darin ist</translation>
    </message>
    <message>
        <source>Who may read</source>
        <translation>Wer lesen darf</translation>
    </message>
    <message>
        <source>Who sees the members</source>
        <translation>Wer die Mitglieder sieht</translation>
    </message>
    <message>
        <source>The server keeps what is said</source>
        <translation>Der Server bewahrt das Gesagte auf</translation>
    </message>
    <message>
        <source>Stays when everybody has left</source>
        <translation>Bleibt, wenn alle gegangen sind</translation>
    </message>
    <message>
        <source>Messages shown to whoever enters</source>
        <translation>Nachrichten, die Eintretende sehen</translation>
    </message>
    <message>
        <source>everybody</source>
        <translation>alle</translation>
    </message>
    <message>
        <source>whoever is in the room</source>
        <translation>wer im Raum ist</translation>
    </message>
    <message>
        <source>whoever may enter</source>
        <translation>wer eintreten darf</translation>
    </message>
    <message>
        <source>those who look after the room</source>
        <translation>wer den Raum betreut</translation>
    </message>
    <message>
        <source>owners</source>
        <translation>Besitzer</translation>
    </message>
    <message>
        <source>nobody</source>
        <translation>niemand</translation>
    </message>
    <message>
        <source>About the room</source>
        <translation>Über den Raum</translation>
    </message>
    <message>
        <source>Who may enter</source>
        <translation>Wer eintreten darf</translation>
    </message>
    <message>
        <source>Who may write</source>
        <translation>Wer schreiben darf</translation>
    </message>
    <message>
        <source>Who sees what</source>
        <translation>Wer was sieht</translation>
    </message>
    <message>
        <source>What is kept</source>
        <translation>Was aufbewahrt wird</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Mehr</translation>
    </message>
    <message>
        <source>each decides for themselves</source>
        <translation>jeder für sich</translation>
    </message>
</context>
<context>
    <name>Mingle::SettingsDialog</name>
    <message>
        <source>%1, found by the address</source>
        <translation>%1, über die Adresse gefunden</translation>
    </message>
    <message>
        <source>, direct TLS</source>
        <translation>, direktes TLS</translation>
    </message>
    <message>
        <source>, STARTTLS</source>
        <translation>, STARTTLS</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Accounts</source>
        <translation>Konten</translation>
    </message>
    <message>
        <source>Add account…</source>
        <translation>Konto hinzufügen …</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>Entfernen …</translation>
    </message>
    <message>
        <source>Remove for good</source>
        <translation>Endgültig entfernen</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>This computer</source>
        <translation>Dieser Computer</translation>
    </message>
    <message>
        <source>&amp;Colours</source>
        <translation>&amp;Farben</translation>
    </message>
    <message>
        <source>As the desktop has them</source>
        <translation>Wie auf dem Desktop</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>Farben</translation>
    </message>
    <message>
        <source>&amp;Notify me when somebody writes to me or mentions me</source>
        <translation>&amp;Benachrichtigen, wenn mir jemand schreibt oder mich erwähnt</translation>
    </message>
    <message>
        <source>Server: %1
Now: %2</source>
        <translation>Server: %1
Jetzt: %2</translation>
    </message>
    <message>
        <source>Go online</source>
        <translation>Online gehen</translation>
    </message>
    <message>
        <source>Go offline</source>
        <translation>Offline gehen</translation>
    </message>
    <message>
        <source>Everything stored here for %1 is deleted: rooms, messages and the password. What the server keeps is not touched.</source>
        <translation>Alles, was hier für %1 gespeichert ist, wird gelöscht: Räume, Nachrichten und das Passwort. Was der Server aufbewahrt, bleibt.</translation>
    </message>
    <message>
        <source>Connection…</source>
        <translation>Verbindung …</translation>
    </message>
</context>
<context>
    <name>Mingle::ShareLink</name>
    <message>
        <source>Copy the room&apos;s link</source>
        <translation>Link des Raums kopieren</translation>
    </message>
    <message>
        <source>Show as QR code</source>
        <translation>Als QR-Code zeigen</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
</context>
<context>
    <name>Mingle::ShortcutsDialog</name>
    <message>
        <source>Keys</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Wofür</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Taste</translation>
    </message>
</context>
<context>
    <name>Mingle::SignInView</name>
    <message>
        <source>This is needed.</source>
        <translation>Bitte ausfüllen.</translation>
    </message>
    <message>
        <source>An address looks like name@example.org.</source>
        <translation>Eine Adresse sieht aus wie name@example.org.</translation>
    </message>
    <message>
        <source>Your name and an @ are missing in front: name@example.org.</source>
        <translation>Davor fehlen Ihr Name und ein @: name@example.org.</translation>
    </message>
    <message>
        <source>Please leave out the part behind the slash.</source>
        <translation>Bitte lassen Sie den Teil hinter dem Schrägstrich weg.</translation>
    </message>
    <message>
        <source>This account is in Mingle already.</source>
        <translation>Dieses Konto gibt es in Mingle schon.</translation>
    </message>
    <message>
        <source>A port is a number from 1 to 65535.</source>
        <translation>Ein Port ist eine Zahl von 1 bis 65535.</translation>
    </message>
    <message>
        <source>There is no such file.</source>
        <translation>Diese Datei gibt es nicht.</translation>
    </message>
    <message>
        <source>Keep the password in the keychain</source>
        <translation>Passwort im Schlüsselbund speichern</translation>
    </message>
    <message>
        <source>name@example.org</source>
        <translation>name@example.org</translation>
    </message>
    <message>
        <source>&amp;Address</source>
        <translation>&amp;Adresse</translation>
    </message>
    <message>
        <source>&amp;Password</source>
        <translation>&amp;Passwort</translation>
    </message>
    <message>
        <source>Mingle</source>
        <translation>Mingle</translation>
    </message>
    <message>
        <source>Welcome to Mingle</source>
        <translation>Willkommen bei Mingle</translation>
    </message>
    <message>
        <source>Sign in with your XMPP account.</source>
        <translation>Melden Sie sich mit Ihrem XMPP-Konto an.</translation>
    </message>
    <message>
        <source>Server settings</source>
        <translation>Servereinstellungen</translation>
    </message>
    <message>
        <source>found by the address</source>
        <translation>wird über die Adresse gefunden</translation>
    </message>
    <message>
        <source>the usual one</source>
        <translation>der übliche</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>Automatisch</translation>
    </message>
    <message>
        <source>Direct TLS</source>
        <translation>Direktes TLS</translation>
    </message>
    <message>
        <source>STARTTLS</source>
        <translation>STARTTLS</translation>
    </message>
    <message>
        <source>only those this computer trusts</source>
        <translation>nur die, denen dieser Computer vertraut</translation>
    </message>
    <message>
        <source>Ser&amp;ver</source>
        <translation>Ser&amp;ver</translation>
    </message>
    <message>
        <source>P&amp;ort</source>
        <translation>P&amp;ort</translation>
    </message>
    <message>
        <source>&amp;Encryption</source>
        <translation>V&amp;erschlüsselung</translation>
    </message>
    <message>
        <source>Certificate &amp;file</source>
        <translation>Zertifikats&amp;datei</translation>
    </message>
    <message>
        <source>Choose a file…</source>
        <translation>Datei wählen …</translation>
    </message>
    <message>
        <source>Signing in</source>
        <translation>Anmeldung läuft</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>Anmelden</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Certificate of your server</source>
        <translation>Zertifikat Ihres Servers</translation>
    </message>
    <message>
        <source>Certificates (*.pem *.crt *.cer);;All files (*)</source>
        <translation>Zertifikate (*.pem *.crt *.cer);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Signing in as %1…</source>
        <translation>Anmeldung als %1 …</translation>
    </message>
    <message>
        <source>Give this server the password itself</source>
        <translation>Diesem Server das Passwort selbst geben</translation>
    </message>
</context>
<context>
    <name>Mingle::StorageStripView</name>
    <message>
        <source>Details</source>
        <translation>Details</translation>
    </message>
    <message>
        <source>Technical details</source>
        <translation>Technische Details</translation>
    </message>
    <message>
        <source>Trying…</source>
        <translation>Wird versucht…</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal versuchen</translation>
    </message>
</context>
<context>
    <name>Mingle::SubjectDialog</name>
    <message>
        <source>What is talked about</source>
        <translation>Worüber gesprochen wird</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Ändern</translation>
    </message>
    <message>
        <source>&amp;Topic</source>
        <translation>&amp;Thema</translation>
    </message>
    <message>
        <source>Asking the room…</source>
        <translation>Der Raum wird gefragt …</translation>
    </message>
</context>
<context>
    <name>Mingle::TimelineView</name>
    <message>
        <source>&amp;Copy selected text</source>
        <translation>Auswahl &amp;kopieren</translation>
    </message>
    <message>
        <source>Copy &amp;message</source>
        <translation>&amp;Nachricht kopieren</translation>
    </message>
    <message>
        <source>Copy &amp;link</source>
        <translation>&amp;Link kopieren</translation>
    </message>
    <message>
        <source>&amp;Open link</source>
        <translation>Link &amp;öffnen</translation>
    </message>
    <message>
        <source>&amp;Try again</source>
        <translation>Noch einmal &amp;versuchen</translation>
    </message>
    <message>
        <source>&amp;Delete</source>
        <translation>&amp;Löschen</translation>
    </message>
    <message>
        <source>Select &amp;all</source>
        <translation>&amp;Alles auswählen</translation>
    </message>
    <message>
        <source>%1 – %2</source>
        <translation>%1 – %2</translation>
    </message>
    <message>
        <source>This message was deleted.</source>
        <translation>Diese Nachricht wurde gelöscht.</translation>
    </message>
    <message>
        <source>Choose a room or a person to read.</source>
        <translation>Wählen Sie einen Raum oder eine Person.</translation>
    </message>
    <message>
        <source>Loading messages…</source>
        <translation>Nachrichten werden geladen …</translation>
    </message>
    <message>
        <source>No messages yet. Say hello.</source>
        <translation>Noch keine Nachrichten. Sagen Sie Hallo.</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>Nachrichten</translation>
    </message>
    <message>
        <source>Jump to another day</source>
        <translation>Zu einem anderen Tag springen</translation>
    </message>
</context>
<context>
    <name>Mingle::TimelineWords</name>
    <message>
        <source>This message was deleted.</source>
        <translation>Diese Nachricht wurde gelöscht.</translation>
    </message>
    <message>
        <source>Me</source>
        <translation>Ich</translation>
    </message>
    <message>
        <source>Unknown member</source>
        <translation>Unbekanntes Mitglied</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Heute</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>Gestern</translation>
    </message>
    <message>
        <source>dddd, d MMMM</source>
        <extracomment>A day of this year, as in &quot;Monday, 17 November&quot;. See QDate::toString().</extracomment>
        <translation>dddd, d. MMMM</translation>
    </message>
    <message>
        <source>dddd, d MMMM yyyy</source>
        <extracomment>A day of another year, as in &quot;Monday, 17 November 2025&quot;</extracomment>
        <translation>dddd, d. MMMM yyyy</translation>
    </message>
    <message>
        <source>New</source>
        <translation>Neu</translation>
    </message>
    <message>
        <source>New since %1</source>
        <translation>Neu seit %1</translation>
    </message>
    <message>
        <source>Waiting to be sent</source>
        <translation>Wartet auf den Versand</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>Gesendet</translation>
    </message>
    <message>
        <source>Sent and kept by the server</source>
        <translation>Gesendet und vom Server aufbewahrt</translation>
    </message>
    <message>
        <source>Not sent</source>
        <translation>Nicht gesendet</translation>
    </message>
    <message>
        <source>Earlier messages could not be loaded: %1</source>
        <translation>Frühere Nachrichten konnten nicht geladen werden: %1</translation>
    </message>
    <message>
        <source>Earlier messages are missing here</source>
        <translation>Hier fehlen frühere Nachrichten</translation>
    </message>
    <message>
        <source>Earlier messages – loading…</source>
        <translation>Frühere Nachrichten werden geladen …</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal versuchen</translation>
    </message>
    <message>
        <source>Load them</source>
        <translation>Jetzt laden</translation>
    </message>
    <message>
        <source>%1, %2: %3</source>
        <translation>%1, %2: %3</translation>
    </message>
    <message>
        <source>%1 (edited)</source>
        <translation>%1 (bearbeitet)</translation>
    </message>
    <message>
        <source>%1. Not sent: %2</source>
        <translation>%1. Nicht gesendet: %2</translation>
    </message>
    <message>
        <source>%1. %2</source>
        <translation>%1. %2</translation>
    </message>
    <message numerus="yes">
        <source>%n new message(s)</source>
        <translation>
            <numerusform>%n neue Nachricht</numerusform>
            <numerusform>%n neue Nachrichten</numerusform>
        </translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>This is the beginning of %1.</source>
        <translation>Hier beginnt %1.</translation>
    </message>
    <message>
        <source>New since yesterday, %1</source>
        <extracomment>%1 is a time of day</extracomment>
        <translation>Neu seit gestern, %1</translation>
    </message>
    <message>
        <source>New since %1, %2</source>
        <extracomment>%1 is a day of the week, %2 a time of day</extracomment>
        <translation>Neu seit %1, %2</translation>
    </message>
    <message>
        <source>d MMMM</source>
        <extracomment>A day of this year behind &quot;New since&quot;. See QDate::toString().</extracomment>
        <translation>d. MMMM</translation>
    </message>
    <message>
        <source>d MMMM yyyy</source>
        <extracomment>A day of another year behind &quot;New since&quot;</extracomment>
        <translation>d. MMMM yyyy</translation>
    </message>
    <message>
        <source>You</source>
        <translation>Sie</translation>
    </message>
    <message>
        <source>%1 removed the topic.</source>
        <translation>%1: Thema entfernt.</translation>
    </message>
    <message>
        <source>The topic was removed.</source>
        <translation>Das Thema wurde entfernt.</translation>
    </message>
    <message>
        <source>%1 changed the topic: %2</source>
        <translation>%1 – neues Thema: %2</translation>
    </message>
    <message>
        <source>The topic is now: %1</source>
        <translation>Das Thema ist jetzt: %1</translation>
    </message>
    <message>
        <source>%1 put %2 out of the room.</source>
        <translation>%1 hat %2 hinausgeworfen.</translation>
    </message>
    <message>
        <source>%1 was put out of the room.</source>
        <translation>%1 wurde hinausgeworfen.</translation>
    </message>
    <message>
        <source>%1 keeps %2 out for good.</source>
        <translation>%1 hat %2 für immer ausgesperrt.</translation>
    </message>
    <message>
        <source>%1 is kept out for good.</source>
        <translation>%1 ist für immer ausgesperrt.</translation>
    </message>
    <message>
        <source>%1 asked %2 in.</source>
        <translation>%1 hat %2 eingeladen.</translation>
    </message>
    <message>
        <source>%1 was asked in.</source>
        <translation>%1 wurde eingeladen.</translation>
    </message>
    <message>
        <source>%1 “%2”</source>
        <extracomment>%1 is what happened, %2 the reason that somebody gave</extracomment>
        <translation>%1 „%2“</translation>
    </message>
    <message>
        <source>Somebody else is called %1 in this room now. What you write here goes to them.</source>
        <translation>In diesem Raum heißt jetzt jemand anderes %1. Was Sie hier schreiben, geht an diese Person.</translation>
    </message>
</context>
<context>
    <name>Mingle::Window</name>
    <message>
        <source>Mingle</source>
        <translation>Mingle</translation>
    </message>
    <message>
        <source>%1 – Mingle</source>
        <comment>window title: room</comment>
        <translation>%1 – Mingle</translation>
    </message>
</context>
<context>
    <name>Mingle::WindowActions</name>
    <message>
        <source>Jump to…</source>
        <translation>Springen zu …</translation>
    </message>
    <message>
        <source>Ctrl+K</source>
        <translation>Ctrl+K</translation>
    </message>
    <message>
        <source>Next in the list</source>
        <translation>Nächster Eintrag der Liste</translation>
    </message>
    <message>
        <source>Alt+Down</source>
        <translation>Alt+Down</translation>
    </message>
    <message>
        <source>Previous in the list</source>
        <translation>Voriger Eintrag der Liste</translation>
    </message>
    <message>
        <source>Alt+Up</source>
        <translation>Alt+Up</translation>
    </message>
    <message>
        <source>Next unread</source>
        <translation>Nächster ungelesener Eintrag</translation>
    </message>
    <message>
        <source>Alt+Shift+Down</source>
        <translation>Alt+Shift+Down</translation>
    </message>
    <message>
        <source>Previous unread</source>
        <translation>Voriger ungelesener Eintrag</translation>
    </message>
    <message>
        <source>Alt+Shift+Up</source>
        <translation>Alt+Shift+Up</translation>
    </message>
    <message>
        <source>Next part of the window</source>
        <translation>Nächster Bereich des Fensters</translation>
    </message>
    <message>
        <source>F6</source>
        <translation>F6</translation>
    </message>
    <message>
        <source>Previous part of the window</source>
        <translation>Voriger Bereich des Fensters</translation>
    </message>
    <message>
        <source>Shift+F6</source>
        <translation>Shift+F6</translation>
    </message>
    <message>
        <source>Members</source>
        <translation>Mitglieder</translation>
    </message>
    <message>
        <source>Ctrl+I</source>
        <translation>Ctrl+I</translation>
    </message>
    <message>
        <source>Filter the list</source>
        <translation>Liste filtern</translation>
    </message>
    <message>
        <source>Ctrl+L</source>
        <translation>Ctrl+L</translation>
    </message>
    <message>
        <source>Make a room…</source>
        <translation>Raum anlegen …</translation>
    </message>
    <message>
        <source>Ctrl+Shift+N</source>
        <translation>Ctrl+Shift+N</translation>
    </message>
    <message>
        <source>Talk to somebody…</source>
        <translation>Gespräch beginnen …</translation>
    </message>
    <message>
        <source>Ctrl+T</source>
        <translation>Ctrl+T</translation>
    </message>
    <message>
        <source>About this room</source>
        <translation>Über diesen Raum</translation>
    </message>
    <message>
        <source>Ctrl+D</source>
        <translation>Ctrl+D</translation>
    </message>
    <message>
        <source>Copy address</source>
        <translation>Adresse kopieren</translation>
    </message>
    <message>
        <source>Leave this room…</source>
        <translation>Diesen Raum verlassen …</translation>
    </message>
    <message>
        <source>Add account…</source>
        <translation>Konto hinzufügen …</translation>
    </message>
    <message>
        <source>Online</source>
        <translation>Online</translation>
    </message>
    <message>
        <source>Settings…</source>
        <translation>Einstellungen …</translation>
    </message>
    <message>
        <source>Ctrl+,</source>
        <translation>Ctrl+,</translation>
    </message>
    <message>
        <source>Keys…</source>
        <translation>Tastenkürzel …</translation>
    </message>
    <message>
        <source>F1</source>
        <translation>F1</translation>
    </message>
    <message>
        <source>About Mingle</source>
        <translation>Über Mingle</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>Ctrl+Q</source>
        <translation>Ctrl+Q</translation>
    </message>
    <message>
        <source>Go</source>
        <translation>Gehe zu</translation>
    </message>
    <message>
        <source>About this person</source>
        <translation>Über diese Person</translation>
    </message>
    <message>
        <source>Take from the list…</source>
        <translation>Aus der Liste entfernen …</translation>
    </message>
    <message>
        <source>Close a panel, go back, write</source>
        <translation>Bereich schließen, zurück, schreiben</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>Senden</translation>
    </message>
    <message>
        <source>New line</source>
        <translation>Neue Zeile</translation>
    </message>
    <message>
        <source>Search here…</source>
        <translation>Hier suchen …</translation>
    </message>
    <message>
        <source>Search everywhere…</source>
        <translation>Überall suchen …</translation>
    </message>
    <message>
        <source>Ctrl+Shift+F</source>
        <translation>Ctrl+Shift+F</translation>
    </message>
    <message>
        <source>First unread message</source>
        <translation>Erste ungelesene Nachricht</translation>
    </message>
    <message>
        <source>Ctrl+U</source>
        <translation>Ctrl+U</translation>
    </message>
    <message>
        <source>Jump to a day…</source>
        <translation>Zu einem Tag springen …</translation>
    </message>
    <message>
        <source>Ctrl+J</source>
        <translation>Ctrl+J</translation>
    </message>
    <message>
        <source>Back to where you were</source>
        <translation>Zurück zur vorigen Stelle</translation>
    </message>
    <message>
        <source>Alt+Left</source>
        <translation>Alt+Left</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exportieren …</translation>
    </message>
    <message>
        <source>Notifications</source>
        <translation>Benachrichtigungen</translation>
    </message>
    <message>
        <source>Add to favourites</source>
        <translation>Zu den Favoriten</translation>
    </message>
    <message>
        <source>Ctrl+Shift+P</source>
        <translation>Ctrl+Shift+P</translation>
    </message>
    <message>
        <source>Move up</source>
        <translation>Nach oben</translation>
    </message>
    <message>
        <source>Move down</source>
        <translation>Nach unten</translation>
    </message>
    <message>
        <source>As usual</source>
        <translation>Wie üblich</translation>
    </message>
    <message>
        <source>Every message</source>
        <translation>Jede Nachricht</translation>
    </message>
    <message>
        <source>When I am mentioned</source>
        <translation>Wenn ich erwähnt werde</translation>
    </message>
    <message>
        <source>Never</source>
        <translation>Nie</translation>
    </message>
    <message>
        <source>Move a favourite up, in the list</source>
        <translation>Favorit nach oben, in der Liste</translation>
    </message>
    <message>
        <source>Move a favourite down, in the list</source>
        <translation>Favorit nach unten, in der Liste</translation>
    </message>
    <message>
        <source>Find a room…</source>
        <translation>Raum finden …</translation>
    </message>
    <message>
        <source>Add a contact…</source>
        <translation>Kontakt hinzufügen …</translation>
    </message>
    <message>
        <source>Blocked people…</source>
        <translation>Blockierte Personen …</translation>
    </message>
    <message>
        <source>Your picture…</source>
        <translation>Ihr Bild …</translation>
    </message>
    <message>
        <source>Your name for this room…</source>
        <translation>Ihr Name für diesen Raum …</translation>
    </message>
</context>
</TS>
