-- The last sequence number that was given; one row.
create table archive_head (sequence integer not null);
insert into archive_head values (0);

-- One row an organization: the head of its chain, and what its entries come to.
create table organization (
	name text primary key,
	entries integer not null,
	oldest integer not null,
	newest integer not null,
	last_sequence integer not null,
	head blob not null,
	anchor_sequence integer not null,
	anchor blob not null
) without rowid;

-- The combinations of organization, code, author and origin that occur.
create table facet (
	id integer primary key,
	organization text not null,
	kind text not null,
	code text not null,
	author text not null,
	origin text not null,
	unique (organization, code, author, origin)
);

-- What is searched: narrow, since a search for text reads all of it.
create table entry (
	sequence integer primary key,
	second integer not null,
	facet_id integer not null,
	resource text not null,
	text text not null
);
create index entry_time on entry (second, sequence, facet_id);

-- What is shown and proven.
create table content (
	sequence integer primary key,
	json text not null,
	hash blob not null
);

-- Entries a day (UTC) and facet.
create table daily (
	day integer not null,
	facet_id integer not null,
	entries integer not null,
	primary key (day, facet_id)
) without rowid;

create table gap (
	organization text not null,
	after_second integer not null,
	before_second integer not null,
	detected_at integer not null,
	primary key (organization, after_second, before_second)
) without rowid;

create table seal (
	organization text not null,
	day text not null,
	first_sequence integer not null,
	last_sequence integer not null,
	entries integer not null,
	head text not null,
	previous text not null,
	signature text not null,
	public_key text not null,
	sealed_at text not null,
	primary key (organization, day)
) without rowid;

-- For people with a database client.
create view audit_log as
select entry.sequence, facet.organization, datetime(entry.second, 'unixepoch') as created_at, facet.code, facet.author,
	facet.origin, json_extract(content.json, '$.message') as message, content.json, hex(content.hash) as hash
from entry join facet on facet.id = entry.facet_id join content on content.sequence = entry.sequence;
