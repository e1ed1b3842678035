namespace PosteRestante.Storage.Engine;

/// <summary>Receives one block of the journal: the first of its rows, and the block as it was appended.</summary>
internal delegate void JournalVisitor(long firstRow, ReadOnlySpan<byte> block);
