using PosteRestante.Storage.Serialization;
using PosteRestante.TestKit;

namespace PosteRestante.Storage.Tests.Serialization;

public sealed class RecordSerializerTests
{
    private static readonly RecordSerializer Serializer = new([RecordCodecRegistration.Of(new SampleRecordCodec())]);

    private static readonly SampleRecord Sample = new(
        "für Ὀδυσσεύς", "", [0, 1, 254, 255], -70_000, new DateTimeOffset(2026, 11, 22, 12, 30, 15, 250, TimeSpan.Zero));

    [Fact]
    public void Serialize_Record_GivesTheSameOctetsForEver() =>
        GoldenFile.Require(Serializer.ToOctets(Sample), "tests", "Storage.Tests", "Serialization", "sample-record.v2.hex");

    [Fact]
    public void Deserialize_WhatWasSerialized_IsTheRecord()
    {
        SampleRecord read = Serializer.Deserialize<SampleRecord>(Serializer.Serialize(Sample));

        read.Octets.ToArray().ShouldBe([.. Sample.Octets]);
        (read with { Octets = Sample.Octets }).ShouldBe(Sample);
    }

    [Fact]
    public void Deserialize_OlderVersion_IsRead()
    {
        var writer = new RecordWriter(1);
        writer.WriteString("old");
        writer.WriteOctets("9"u8);
        writer.WriteInt32(1);
        writer.WriteTime(DateTimeOffset.UnixEpoch);

        SampleRecord read = Serializer.FromOctets<SampleRecord>(writer.Finish());

        read.Text.ShouldBe("old");
        read.Note.ShouldBeNull();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(255)]
    public void Deserialize_UnknownVersion_IsRefused(byte version)
    {
        byte[] octets = Serializer.ToOctets(Sample);
        octets[0] = version;

        Failure(octets).ShouldBe((RecordFormatError.UnknownVersion, 0));
    }

    [Fact]
    public void Deserialize_CutAnywhere_IsTruncated()
    {
        byte[] octets = Serializer.ToOctets(Sample);

        for (int length = 0; length < octets.Length; length++)
        {
            Failure(octets[..length]).Error.ShouldBe(RecordFormatError.Truncated, $"cut at {length}");
        }
    }

    [Fact]
    public void Deserialize_OneOctetTooMany_IsRefused()
    {
        byte[] octets = Serializer.ToOctets(Sample);

        Failure([.. octets, 0]).ShouldBe((RecordFormatError.TrailingOctets, octets.Length));
    }

    [Fact]
    public void Serialize_TypeWithoutCodec_NamesIt() =>
        Should.Throw<InvalidOperationException>(static () => Serializer.ToOctets(new Version(1, 2))).Message.ShouldContain("System.Version");

    [Fact]
    public void Serialize_Null_IsRefused() =>
        Should.Throw<ArgumentNullException>(static () => Serializer.Serialize<SampleRecord>(null));

    private static (RecordFormatError Error, int Offset) Failure(byte[] octets)
    {
        var failure = Should.Throw<RecordFormatException>(() => Serializer.FromOctets<SampleRecord>(octets));
        return (failure.Error, failure.Offset);
    }
}
