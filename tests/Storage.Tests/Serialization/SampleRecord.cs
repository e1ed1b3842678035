using System.Collections.Immutable;

namespace PosteRestante.Storage.Tests.Serialization;

/// <summary>A record with a field of each usual kind.</summary>
internal sealed record SampleRecord(string Text, string? Note, ImmutableArray<byte> Octets, int Number, DateTimeOffset Time);
