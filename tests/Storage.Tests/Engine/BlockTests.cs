using PosteRestante.Storage.Engine;

namespace PosteRestante.Storage.Tests.Engine;

public sealed class BlockTests
{
    [Fact]
    public void Read_WhatWasWritten_GivesTheWritesBack()
    {
        List<(WriteKind Kind, long Row, long Id, int Name, byte[] Value)> writes = Writes(Block());

        writes.Count.ShouldBe(3);
        writes[0].ShouldSatisfyAllConditions(
            static write => write.Kind.ShouldBe(WriteKind.Put),
            static write => write.Row.ShouldBe(1000),
            static write => write.Id.ShouldBe(1000),
            static write => write.Name.ShouldBe(1),
            static write => write.Value.ShouldBe(new byte[300]));
        writes[1].ShouldSatisfyAllConditions(
            static write => write.Row.ShouldBe(1001),
            static write => write.Id.ShouldBe(7),
            static write => write.Value.ShouldBeEmpty());
        writes[2].Kind.ShouldBe(WriteKind.Clear);
        writes[2].Id.ShouldBe(9);
    }

    [Fact]
    public void Read_CutBlock_NeverInventsAWrite()
    {
        byte[] block = Block();
        for (int length = 0; length < block.Length; length++)
        {
            byte[] cut = block[..length];
            int whole;
            try
            {
                whole = Writes(cut).Count;
            }
            catch (StorageFailureException failure)
            {
                failure.Kind.ShouldBe(StorageFailureKind.Damaged);
                continue;
            }

            whole.ShouldBeLessThan(3, $"cut at {length}");
        }
    }

    [Theory]
    [InlineData(0, 2)]
    [InlineData(1, 3)]
    public void Read_UnknownFormatOrKind_IsRefused(int offset, byte octet)
    {
        byte[] block = Block();
        block[offset] = octet;

        Should.Throw<StorageFailureException>(() => Writes(block)).Kind.ShouldBe(StorageFailureKind.Damaged);
    }

    private static byte[] Block()
    {
        var writer = new BlockWriter();
        writer.Reset();
        writer.Add(WriteKind.Put, Key(1), id: 1000, row: 1000, new byte[300]);
        writer.Add(WriteKind.Put, Key(2), id: 7, row: 1001, []);
        writer.Add(WriteKind.Clear, Key(3), id: 9, row: 1002, []);
        return writer.Block.ToArray();
    }

    private static RecordKey Key(int number) => new(BitConverter.GetBytes(number), hash: 0);

    private static List<(WriteKind Kind, long Row, long Id, int Name, byte[] Value)> Writes(byte[] block)
    {
        var reader = new BlockReader(1000, block);
        List<(WriteKind Kind, long Row, long Id, int Name, byte[] Value)> writes = [];
        while (reader.Next())
        {
            writes.Add((reader.Kind, reader.Row, reader.Id, BitConverter.ToInt32(reader.Name), reader.Value.ToArray()));
        }

        return writes;
    }
}
