<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>Mingle::ConnectWords</name>
    <message numerus="yes">
        <source>%n tries</source>
        <translation>
            <numerusform>%n try</numerusform>
            <numerusform>%n tries</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n round trip(s)</source>
        <translation>
            <numerusform>%n round trip</numerusform>
            <numerusform>%n round trips</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Mingle::ConnectionStripView</name>
    <message numerus="yes">
        <source>Catching up: %1 of %n room(s)…</source>
        <translation>
            <numerusform>Catching up: %1 of %n room…</numerusform>
            <numerusform>Catching up: %1 of %n rooms…</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Mingle::FindRoomDialog</name>
    <message numerus="yes">
        <source>%n room(s) came before.</source>
        <translation>
            <numerusform>%n room came before.</numerusform>
            <numerusform>%n rooms came before.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n room(s)</source>
        <translation>
            <numerusform>%n room</numerusform>
            <numerusform>%n rooms</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Mingle::Forms</name>
    <message numerus="yes">
        <source>%n person(s) asked in.</source>
        <translation>
            <numerusform>%n person asked in.</numerusform>
            <numerusform>%n people asked in.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Mingle::JumpButton</name>
    <message numerus="yes">
        <source>%1, %n unread</source>
        <translation>
            <numerusform>%1, %n unread</numerusform>
            <numerusform>%1, %n unread</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Mingle::RoomCardWords</name>
    <message numerus="yes">
        <source>%n person(s) in it now</source>
        <translation>
            <numerusform>%n person in it now</numerusform>
            <numerusform>%n people in it now</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Try again in %n second(s).</source>
        <translation>
            <numerusform>Try again in %n second.</numerusform>
            <numerusform>Try again in %n seconds.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Mingle::RoomHeaderView</name>
    <message numerus="yes">
        <source>%n member(s)</source>
        <translation>
            <numerusform>%n member</numerusform>
            <numerusform>%n members</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Mingle::RoomListView</name>
    <message numerus="yes">
        <source>%1 and %n more</source>
        <translation>
            <numerusform>%1 and %n more</numerusform>
            <numerusform>%1 and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Mingle::RoomWords</name>
    <message numerus="yes">
        <source>%n mention(s) of you</source>
        <translation>
            <numerusform>%n mention of you</numerusform>
            <numerusform>%n mentions of you</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n unread message(s)</source>
        <translation>
            <numerusform>%n unread message</numerusform>
            <numerusform>%n unread messages</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Mingle::SearchView</name>
    <message numerus="yes">
        <source>%n message(s) found</source>
        <translation>
            <numerusform>%n message found</numerusform>
            <numerusform>%n messages found</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Mingle::TimelineWords</name>
    <message numerus="yes">
        <source>%n new message(s)</source>
        <translation>
            <numerusform>%n new message</numerusform>
            <numerusform>%n new messages</numerusform>
        </translation>
    </message>
</context>
</TS>
