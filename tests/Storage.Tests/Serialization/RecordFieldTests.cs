using FsCheck;
using FsCheck.Fluent;
using PosteRestante.Storage.Serialization;

namespace PosteRestante.Storage.Tests.Serialization;

public sealed class RecordFieldTests
{
    private delegate void WriteField(ref RecordWriter writer);

    private delegate T ReadField<out T>(ref RecordReader reader);

    [Fact]
    public void Numbers_OfAnySize_RoundTrip()
    {
        Prop.ForAll<ulong>(static value => RoundTrip((ref w) => w.WriteUInt64(value), static (ref r) => r.ReadUInt64()) == value).QuickCheckThrowOnFailure();
        Prop.ForAll<long>(static value => RoundTrip((ref w) => w.WriteInt64(value), static (ref r) => r.ReadInt64()) == value).QuickCheckThrowOnFailure();
        Prop.ForAll<int>(static value => RoundTrip((ref w) => w.WriteInt32(value), static (ref r) => r.ReadInt32()) == value).QuickCheckThrowOnFailure();
        Prop.ForAll<ulong>(static value => RoundTrip((ref w) => w.WriteFixed64(value), static (ref r) => r.ReadFixed64()) == value).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData(0UL, 1)]
    [InlineData(127UL, 1)]
    [InlineData(128UL, 2)]
    [InlineData(ulong.MaxValue, 10)]
    public void UInt64_AtItsBounds_RoundTripsInTheShortestForm(ulong value, int octets)
    {
        byte[] record = Written((ref w) => w.WriteUInt64(value));

        record.Length.ShouldBe(1 + octets);
        new RecordReader(record).ReadUInt64().ShouldBe(value);
    }

    [Theory]
    [InlineData(long.MinValue)]
    [InlineData(long.MaxValue)]
    [InlineData(-1L)]
    public void Int64_AtItsBounds_RoundTrips(long value) =>
        RoundTrip((ref w) => w.WriteInt64(value), static (ref r) => r.ReadInt64()).ShouldBe(value);

    [Fact]
    public void Texts_OfAnyKind_RoundTrip()
    {
        Prop.ForAll<NonNull<string>>(static text =>
        {
            // A lone surrogate is no text; UTF-8 has no octets for it.
            string value = new([.. text.Get.Where(static letter => !char.IsSurrogate(letter))]);
            return RoundTrip((ref w) => w.WriteString(value), static (ref r) => r.ReadString()) == value;
        }).QuickCheckThrowOnFailure();
        RoundTrip(static (ref w) => w.WriteString(null), static (ref r) => r.ReadOptionalString()).ShouldBeNull();
        RoundTrip(static (ref w) => w.WriteString(""), static (ref r) => r.ReadOptionalString()).ShouldBe("");
    }

    [Fact]
    public void Octets_OfAnyLength_RoundTrip()
    {
        Prop.ForAll<byte[]>(static octets =>
            RoundTrip((ref w) => w.WriteOctets(octets.AsSpan()), static (ref r) => r.ReadOctetArray()).SequenceEqual(octets)).QuickCheckThrowOnFailure();
        byte[] large = new byte[100_000];
        new Random(1).NextBytes(large);
        RoundTrip((ref w) => w.WriteOctets(large.AsSpan()), static (ref r) => r.ReadOctetArray()).ToArray().ShouldBe(large);
        RoundTrip(static (ref w) => w.WriteOctets(default(System.Collections.Immutable.ImmutableArray<byte>)), static (ref r) => r.ReadOctetArray()).ShouldBeEmpty();
    }

    [Fact]
    public void Times_WithAnyOffset_RoundTripAsUtc()
    {
        var time = new DateTimeOffset(2026, 3, 29, 2, 30, 0, TimeSpan.FromHours(2));

        DateTimeOffset read = RoundTrip((ref w) => w.WriteTime(time), static (ref r) => r.ReadTime());

        read.ShouldBe(time);
        read.Offset.ShouldBe(TimeSpan.Zero);
        RoundTrip(static (ref w) => w.WriteTime(null), static (ref r) => r.ReadOptionalTime()).ShouldBeNull();
        RoundTrip((ref w) => w.WriteTime((DateTimeOffset?)time), static (ref r) => r.ReadOptionalTime()).ShouldBe(time);
        RoundTrip(static (ref w) => w.WriteTime(DateTimeOffset.MaxValue), static (ref r) => r.ReadTime()).ShouldBe(DateTimeOffset.MaxValue);
        RoundTrip(static (ref w) => w.WriteDuration(TimeSpan.MinValue), static (ref r) => r.ReadDuration()).ShouldBe(TimeSpan.MinValue);
    }

    [Fact]
    public void Guids_RoundTrip()
    {
        var value = new Guid("00112233-4455-6677-8899-aabbccddeeff");

        byte[] record = Written((ref w) => w.WriteGuid(value));

        record[1].ShouldBe((byte)0x00);
        record[2].ShouldBe((byte)0x11);
        new RecordReader(record).ReadGuid().ShouldBe(value);
    }

    [Theory]
    [InlineData(new byte[] { 1, 0x80, 0x00 }, RecordFormatError.InvalidNumber)]
    [InlineData(new byte[] { 1, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x02 }, RecordFormatError.InvalidNumber)]
    [InlineData(new byte[] { 1, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01 }, RecordFormatError.InvalidNumber)]
    [InlineData(new byte[] { 1, 0x80 }, RecordFormatError.Truncated)]
    public void UInt64_Malformed_IsRefusedAtItsBeginning(byte[] record, RecordFormatError error) =>
        Refused(record, static (ref r) => r.ReadUInt64()).ShouldBe((error, 1));

    [Fact]
    public void Fields_OutOfRange_AreRefused()
    {
        Refused([1, 2], static (ref r) => r.ReadBoolean()).ShouldBe((RecordFormatError.OutOfRange, 1));
        Refused(Written(static (ref w) => w.WriteInt64(1L << 31)), static (ref r) => r.ReadInt32()).ShouldBe((RecordFormatError.OutOfRange, 1));
        Refused(Written(static (ref w) => w.WriteUInt64(1UL << 62)), static (ref r) => r.ReadTime()).ShouldBe((RecordFormatError.OutOfRange, 1));
        Refused([1, 0], static (ref r) => r.ReadString()).ShouldBe((RecordFormatError.OutOfRange, 1));
        Refused([1, 2, 0xC3], static (ref r) => r.ReadString()).ShouldBe((RecordFormatError.InvalidText, 1));
        Refused([1, 3, 0, 0], static (ref r) => r.ReadCount()).ShouldBe((RecordFormatError.InvalidCount, 1));
        Refused([1, 9, 0, 0], static (ref r) => r.ReadOctetArray()).ShouldBe((RecordFormatError.Truncated, 1));
        Refused(Written(static (ref w) => w.WriteUInt64(ulong.MaxValue)), static (ref r) => r.ReadOctetArray()).ShouldBe((RecordFormatError.Truncated, 1));
    }

    private static byte[] Written(WriteField write)
    {
        var writer = new RecordWriter(1);
        write(ref writer);
        return writer.Finish();
    }

    private static T RoundTrip<T>(WriteField write, ReadField<T> read)
    {
        var reader = new RecordReader(Written(write));
        T value = read(ref reader);
        reader.RequireEnd();
        return value;
    }

    private static (RecordFormatError Error, int Offset) Refused<T>(byte[] record, ReadField<T> read)
    {
        var failure = Should.Throw<RecordFormatException>(() =>
        {
            var reader = new RecordReader(record);
            read(ref reader);
        });
        return (failure.Error, failure.Offset);
    }
}
