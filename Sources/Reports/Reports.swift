// Reports are made of charts and JSON documents: whoever makes one needs no second import.
@_exported import Charts
